import { keepPreviousData, useQueries, type UseQueryResult } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
// Straight from its file, a list of words: the front door beside it would bring schemas and store into the browser.
import { vagueWords } from '../../../src/houses/vision/decide/lint/vague-words.ts'
import { server } from '../../api/index.ts'
import { type Document, titleIn } from './document.ts'

/** What stands in the way of saving, and what could be better, by the path of the field. */
export interface Lint {
  errors: ReadonlyMap<string, string>
  advice: ReadonlyMap<string, string>
  /** Whether it speaks of what is typed by now, and not of a moment ago. */
  settled: boolean
}

/** Typing pauses this long before the server is asked. */
const PAUSE_MS = 250

/** The server's own rules while somebody types, so that the form says the same words as `throughline check`. */
export function useLint(document: Document): Lint {
  return useLints(useMemo(() => [document], [document]))[0]!
}

/** The same for several documents that are written together. */
export function useLints(documents: readonly Document[]): Lint[] {
  const settled = useSettled(documents, PAUSE_MS)
  const told = useQueries({ queries: settled.map(check), combine: answersOf })
  return useMemo(
    () =>
      documents.map((document, index) => collected(document, told[index]?.problems ?? [], documents === settled && !told[index]?.asking)),
    [documents, settled, told],
  )
}

type Answered = UseQueryResult<{ problems: Told[] }>

function answersOf(answers: Answered[]) {
  return answers.map(({ data, isFetching }) => ({ problems: data?.problems, asking: isFetching }))
}

function check(document: Document) {
  return {
    queryKey: ['entity.check', document],
    queryFn: () => server.call('entity.check', document),
    enabled: document.metadata.name !== '',
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
  }
}

interface Told {
  severity: 'error' | 'warning'
  message: string
  fix?: string | undefined
  path?: string | undefined
}

function collected(document: Document, problems: readonly Told[], settled: boolean): Lint {
  const errors = new Map<string, string>()
  const advice = new Map<string, string>()
  if (!titleIn(document).trim()) keep(errors, 'metadata.title', 'Give it a title people will use')
  else if (!document.metadata.name) keep(errors, 'metadata.title', 'The title needs at least one letter or digit')
  for (const problem of problems)
    keep(
      problem.severity === 'error' ? errors : advice,
      problem.path ?? '',
      [withoutPlace(problem), problem.fix].filter(Boolean).join('. '),
    )
  const { statement } = document.spec
  const vague = typeof statement === 'string' ? vagueWords(statement) : []
  if (vague.length > 0) keep(advice, 'spec.statement', vague.map(({ word, ask }) => `“${word}” settles nothing. ${ask}`).join(' '))
  return { errors, advice, settled }
}

/** "spec.target.by is missing" stands under its field: the place need not be said again. */
function withoutPlace({ message, path }: Told): string {
  const said = path && message.startsWith(path) ? message.slice(path.length).replace(/^[:\s]+/, '') : message
  return `${said[0]?.toUpperCase() ?? ''}${said.slice(1)}`
}

function keep(told: Map<string, string>, path: string, message: string): void {
  const before = told.get(path)
  told.set(path, before ? `${before} ${message}` : message)
}

function useSettled<Value>(value: Value, pause: number): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause)
    return () => clearTimeout(timer)
  }, [value, pause])
  return settled
}
