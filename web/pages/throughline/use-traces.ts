import { useQueries } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { traceAsk } from './asks.ts'
import { joined } from './graph.ts'

/** Several traces as one, as they arrive. */
export function useTraces(starts: readonly string[], depth: number) {
  const answers = useQueries({ queries: starts.map((ref) => traceAsk(ref, depth)) })
  // The answers are new objects at every render; what they hold changes only when one arrives.
  const arrived = answers.map((answer) => answer.data)
  const stamp = answers.map((answer) => answer.dataUpdatedAt).join(' ')
  // oxlint-disable-next-line react/exhaustive-deps -- `arrived` changes exactly when `stamp` does
  const trace = useMemo(() => joined(arrived.flatMap((data) => data ?? [])), [stamp])
  const failures = answers.flatMap((answer) => (answer.error ? [answer.error as unknown] : []))
  const again = useCallback(() => answers.filter((answer) => answer.isError).forEach((answer) => void answer.refetch()), [answers])
  return { trace, waiting: answers.filter((answer) => answer.isPending && answer.fetchStatus !== 'idle').length, failures, again }
}
