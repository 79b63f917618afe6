import type { Instant } from '../../../ground/core/index.ts'
import type { CollectAsk } from '../../../ground/measures/index.ts'
import { sql } from '../../../ground/store/index.ts'
import { type Base, environmentOf } from './base.ts'
import { freshen, groupsOf } from './groups.ts'

/**
 * For each piece, the moment from which on its kept rows hold all that was ever recorded: rows outlive the records they
 * were derived from, except where they were derived anew when some had been forgotten already. Null: always. Infinity
 * where the rows are derived in memory, from the records there are.
 */
export async function wholeFrom({ store, ledger }: Base, ask: CollectAsk): Promise<(Instant | null)[]> {
  const environment = environmentOf(ask)
  const groups = await groupsOf(store, ask.pieces, environment, ask.asOf)
  const apart = await freshen(store, ledger, groups, ask.at)
  const subjects = [...new Set(groups.flatMap(({ scopes }) => scopes.map(({ subject }) => subject)))]
  const kept = await store.query<{ subject: string; whole: Instant }>(sql`
    select subject, whole_from as whole from delivery_scope
    where environment = ${environment} and subject = any(${subjects}::text[]) and whole_from is not null`)
  const since = new Map(kept.map(({ subject, whole }) => [subject, whole]))
  return ask.pieces.map(({ shares }) => {
    const { scopes } = groups.find((group) => group.shares === shares)!
    if (scopes.some((scope) => apart.has(scope))) return Infinity
    const moments = scopes.flatMap(({ subject }) => since.get(subject) ?? [])
    return moments.length ? Math.max(...moments) : null
  })
}
