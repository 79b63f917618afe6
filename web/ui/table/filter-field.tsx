import { useEffect, useRef } from 'react'
import classes from './data-table.module.css'

/** Typing pauses this long before the words go to the address. */
const PAUSE_MS = 200

/**
 * Words every shown row contains. The field keeps what is typed by itself: the address follows, and may be slower than
 * a fast hand; it leads again as soon as the field is left.
 */
export function FilterField({ label, words, onWords }: { label: string; words: string; onWords: (words: string) => void }) {
  const field = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    if (field.current && document.activeElement !== field.current) field.current.value = words
  }, [words])
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <input
      ref={field}
      type="search"
      className={classes.find}
      placeholder="Filter"
      aria-label={label}
      defaultValue={words}
      onChange={(event) => {
        const typed = event.target.value
        clearTimeout(timer.current)
        timer.current = setTimeout(() => onWords(typed), PAUSE_MS)
      }}
    />
  )
}
