import type { Ref } from '../core/index.ts'
import { sql, type Store } from '../store/index.ts'
import { RECORD_KINDS, tableOf } from './columns.ts'

/** Whether any of these imports told anything about a subject that is still known. */
export async function isToldOf(store: Store, subject: Ref, importIds: readonly number[]): Promise<boolean> {
  const tables = [...RECORD_KINDS.map(tableOf), 'evidence_sli']
  for (const table of tables) {
    const [row] = await store.query(
      sql`select subject from ${sql.table(table)} where subject = ${subject} and import_id = any(${[...importIds]}::bigint[]) limit 1`,
    )
    if (row) return true
  }
  return false
}
