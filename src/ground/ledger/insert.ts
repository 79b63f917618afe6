import { type Instant } from '../core/index.ts'
import { instant, sql, type Statement, type Store } from '../store/index.ts'
import { COLUMNS, type RecordKind, tableOf } from './columns.ts'
import { SAME } from './same.ts'
import type { Identity, Taken } from './take.ts'
import { jsonText } from './text.ts'

const INSERT: Record<RecordKind, { into: Statement; from: Statement; shape: Statement }> = {
  commit: partsOf('commit'),
  change: partsOf('change'),
  deployment: partsOf('deployment'),
  incident: partsOf('incident'),
  work_item: partsOf('work_item'),
  measurement: partsOf('measurement'),
  cost: partsOf('cost'),
  product_event: partsOf('product_event'),
  event: partsOf('event'),
}

/**
 * Inserts rows in one statement; those whose record has a current row already are left alone.
 * A row may carry `said`, `retracted` and `closed` (not current any more).
 * @returns how many were inserted, and which when it were not all
 */
export async function insertRows(
  store: Store,
  kind: RecordKind,
  rows: readonly Record<string, unknown>[],
  moment: Instant,
  importId: number | null,
): Promise<{ inserted: number; names: Identity[] | null }> {
  const { into, from, shape } = INSERT[kind]
  const learned = instant(moment)
  const [counted] = await store.query<{ inserted: number; names: Identity[] | null }>(sql`
    with taken as (
      insert into ${sql.table(tableOf(kind))} (subject, source, id, at, hash, basis, extra, said, retracted, import_id, learned_from, learned_to, ${into})
      select r.subject, r.source, r.id, r.at, r.hash, r.basis, r.extra, r.said, coalesce(r.retracted, false), coalesce(r.import_id, ${importId}::bigint),
        ${learned}, case when r.closed then ${learned} else 'infinity' end, ${from}
      from json_to_recordset(${jsonText(rows)}::json) as r(subject text, source text, id text, at timestamptz, hash text, basis smallint,
        extra jsonb, said jsonb, retracted boolean, import_id bigint, closed boolean, ${shape})
      on conflict (subject, source, id) where learned_to = 'infinity' do nothing
      returning subject, source, id)
    select count(*)::integer as inserted, case when count(*) < ${rows.length} then json_agg(taken) end as names from taken`)
  return counted!
}

/** Tells which of these records, all of them in the store, were told there with other words: true for those. */
export async function areRevisions(store: Store, kind: RecordKind, taken: readonly Taken[]): Promise<boolean[]> {
  const table = sql.table(tableOf(kind))
  const asked = jsonText(taken.map(({ subject, source, id, hash }, n) => ({ n, subject, source, id, hash })))
  const rows = await store.query<{ n: number }>(sql`
    select r.n from json_to_recordset(${asked}::json) as r(n integer, subject text, source text, id text, hash text)
    cross join lateral (select c.hash from ${table} c where ${SAME} and c.learned_to = 'infinity' offset 0) c
    left join lateral (select true as told from ${table} c where ${SAME} and c.learned_to <> 'infinity' and c.hash = r.hash limit 1) e on true
    where c.hash <> r.hash and e.told is null`)
  const revisions = taken.map(() => false)
  for (const { n } of rows) revisions[n] = true
  return revisions
}

function partsOf(kind: RecordKind): { into: Statement; from: Statement; shape: Statement } {
  const columns = COLUMNS[kind]
  return {
    into: sql.join(columns.map(({ column }) => sql.ref(column))),
    from: sql.join(columns.map(({ column }) => sql.ref(`r.${column}`))),
    shape: sql.join(columns.map(({ column, type }) => sql`${sql.ref(column)} ${sql.raw(type)}`)),
  }
}
