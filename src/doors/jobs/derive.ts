import type { Ground } from '../../ground/index.ts'

/** Tables derived from records, in the order they build on each other. */
const TABLES = ['delivery', 'work_links'] as const

/** Works out what new records changed, so that the next reader need not wait for it. */
export async function deriveStale({ ledger }: Pick<Ground, 'ledger'>): Promise<void> {
  for (const table of TABLES) await ledger.fresh(table)
}
