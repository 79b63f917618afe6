import { formatInstant, type Instant, type Ref } from '../../../ground/core/index.ts'
import { sql, type Statement, type Store } from '../../../ground/store/index.ts'

/** What must not have changed since a moment for what was read of the present to be what was known at that moment. */
export interface Standing {
  since: Instant
  /** The word for the state of the catalogue it was read under. */
  revision: string
  /** Nothing was told about these. */
  subjects: readonly Ref[]
  /** Nothing was told about anything. */
  everything: boolean
}

/** Columns of a row of JSON that states a standing: null where it need not be looked at. */
export const STANDING_COLUMNS = sql`since timestamptz, revision text, subjects text[], everything boolean`

/** Condition for such a row `r`. */
export const STANDS: Statement = sql`(r.since is null or (
  r.revision = (select token from catalog_revision)
  and not exists (select 1 from evidence_subject s where s.subject = any(r.subjects) and s.learned_at > r.since)
  and not (r.everything and exists (select 1 from ledger_clock where learned > r.since))))`

export function standingRow(standing: Standing | null): Record<string, unknown> {
  return standing ? { ...standing, since: formatInstant(standing.since) } : {}
}

/** Whether a standing holds now. */
export async function stands(standing: Standing | null, store: Store): Promise<boolean> {
  const [row] = await store.query<{ stands: boolean }>(sql`
    select ${STANDS} as stands from json_to_record(${JSON.stringify(standingRow(standing))}::json) as r(${STANDING_COLUMNS})`)
  return row!.stands
}
