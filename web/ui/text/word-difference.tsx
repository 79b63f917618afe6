import { diffWords } from 'diff'
import { useMemo } from 'react'
import classes from './word-difference.module.css'

/** Below this share of words kept, two texts are read faster one after the other. */
const KEPT_AT_LEAST = 0.3

/** What changed in a text, word by word: what went is struck through, what came is underlined. Never colour alone. */
export function WordDifference({ before, after }: { before: string; after: string }) {
  const parts = useMemo(() => partsOf(before, after), [before, after])
  return (
    <span className={classes.text}>
      {parts.map(({ key, value, how }) =>
        how === 'gone' ? <del key={key}>{value}</del> : how === 'come' ? <ins key={key}>{value}</ins> : <span key={key}>{value}</span>,
      )}
    </span>
  )
}

interface Part {
  key: string
  value: string
  how: 'kept' | 'gone' | 'come'
}

function partsOf(before: string, after: string): Part[] {
  const found = diffWords(before, after)
  const kept = found.filter((part) => !part.added && !part.removed).reduce((sum, part) => sum + part.value.trim().length, 0)
  if (kept < KEPT_AT_LEAST * Math.min(before.length, after.length))
    return [
      { key: 'gone', value: before, how: 'gone' },
      { key: 'between', value: ' ', how: 'kept' },
      { key: 'come', value: after, how: 'come' },
    ]
  return found.map((part, index) => ({
    key: `${index} ${part.value}`,
    value: part.value,
    how: part.added ? 'come' : part.removed ? 'gone' : 'kept',
  }))
}
