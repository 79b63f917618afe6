import { hashKey, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'

/** How much older than the present the answer may be that a page begins with, in seconds. */
const AT_FIRST = 86_400
/** How much older the one may be that takes its place: begun while this page was asking. */
const SOON_AFTER = 5

/** Up to when answers were counted that newer ones are to take the place of, by question. */
const countedUpTo = new Map<string, number>()

/**
 * Reads an answer that was kept, however busy the store is with new records, and then one that counts those, too. Only the
 * first time: what was shown before, or is asked again after something was done, waits for all there is.
 * @decision 0033
 */
export async function olderFirst<Data>(
  client: QueryClient,
  queryKey: readonly unknown[],
  read: (maxStaleSeconds: number) => Promise<{ answer: Data; ageSeconds: number }>,
): Promise<Data> {
  const question = hashKey(queryKey)
  const shown = client.getQueryState(queryKey)
  if (shown && shown.data !== undefined) {
    const soon = await read(countedUpTo.has(question) && !shown.isInvalidated ? SOON_AFTER : 0)
    // It may be the very one that is shown, where that was begun a moment ago.
    const { answer } = soon.ageSeconds > 0 ? await read(0) : soon
    countedUpTo.delete(question)
    return answer
  }
  const { answer, ageSeconds } = await read(AT_FIRST)
  if (ageSeconds > 0) {
    countedUpTo.set(question, Date.now() - ageSeconds * 1000)
    setTimeout(() => void client.refetchQueries({ queryKey, exact: true }, { cancelRefetch: false })) // once this one is shown
  }
  return answer
}

/** Up to when what the page shows was counted, null where it counts all there is; and whether a newer answer is on its way. */
export function useCounted(): { upTo: number | null; counting: boolean } {
  const client = useQueryClient()
  const cache = client.getQueryCache()
  const subscribe = useCallback((changed: () => void) => cache.subscribe(changed), [cache])
  const shown = () => cache.findAll({ type: 'active', predicate: ({ queryHash }) => countedUpTo.has(queryHash) })
  const upTo = useSyncExternalStore(subscribe, () => Math.min(...shown().map(({ queryHash }) => countedUpTo.get(queryHash)!)))
  const counting = useSyncExternalStore(subscribe, () => shown().every(({ state }) => state.status !== 'error'))
  return { upTo: upTo === Infinity ? null : upTo, counting }
}
