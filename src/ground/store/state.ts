import { sql } from './statement.ts'
import type { Store } from './store.ts'

/**
 * A name of what the store holds: another one as soon as a transaction that writes begins or ends, by whichever process
 * (PostgreSQL, "System Information Functions", pg_current_snapshot).
 * @returns null in a transaction that has written itself, whose further writes would leave the name as it is
 */
export async function stateOf(store: Store): Promise<string | null> {
  const [row] = await store.query<{ state: string | null }>(
    sql`select case when pg_current_xact_id_if_assigned() is null then pg_current_snapshot()::text end as state`,
  )
  return row!.state
}
