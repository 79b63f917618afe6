import { type QueryClient, useSuspenseQuery } from '@tanstack/react-query'
import type { InputOf, OperationId, OutputOf } from '../../src/doors/client/index.ts'
import { server } from './client.ts'
import { olderFirst } from './counted.ts'

/** A question to the server and where its answer is kept. */
export interface Asked<Data> {
  queryKey: readonly [OperationId, unknown]
  queryFn: (context: { client: QueryClient }) => Promise<Data>
}

/**
 * An operation with what it is asked: a loader fetches it, a page reads it, both through the same description. One of the
 * present may begin with an older answer.
 */
export function ask<Id extends OperationId>(id: Id, input: InputOf<Id>): Asked<OutputOf<Id>> {
  const queryKey = [id, input] as const
  const ofThePast = Object.entries({ ...(input as object) }).some(([name, value]) => PAST.has(name) && value !== undefined)
  if (ofThePast) return { queryKey, queryFn: () => server.call(id, input) }
  return { queryKey, queryFn: ({ client }) => olderFirst(client, queryKey, (maxStale) => server.callWithin(id, input, maxStale)) }
}

/** Names of the moments a question is limited to. */
const PAST = new Set(['asOf', 'at'])

/** What the loader fetched. Suspends only when it was not (a page reads more than its loader said). */
export function useLoaded<Data>(asked: Asked<Data>): Data {
  return useSuspenseQuery(asked).data
}

/** Forgets what these operations answered (everything, when none is named), so that pages ask again after a change. */
export async function forget(client: QueryClient, ...ids: OperationId[]): Promise<void> {
  await Promise.all((ids.length > 0 ? ids.map((id) => [id]) : [[]]).map((queryKey) => client.invalidateQueries({ queryKey })))
}
