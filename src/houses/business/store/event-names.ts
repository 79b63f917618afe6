import { sql } from '../../../ground/store/index.ts'
import { type Base, happened, type Scope } from './scope.ts'

/** Names listed at most. */
const MOST = 20

/** What the product events are called, most records first. */
export function eventNames({ store }: Base, scope: Scope): Promise<{ name: string; records: number }[]> {
  return store.query<{ name: string; records: number }>(sql`
    with ${scope.tables}
    select e.name, count(*)::int as records from ${happened(scope, null)} group by e.name order by records desc, e.name limit ${MOST}`)
}
