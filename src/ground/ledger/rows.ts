import { formatInstant, type Instant, type Ref } from '../core/index.ts'
import { sql, type Store } from '../store/index.ts'
import { COLUMNS, type RecordKind, tableOf } from './columns.ts'
import type { Content } from './hash.ts'
import { SAME } from './same.ts'
import { basisOf, type Identity, keyOf } from './take.ts'
import { jsonText } from './text.ts'

/** One row of an evidence table: the state of a record from learned_from until learned_to (Infinity: still). */
export interface StateRow extends Identity {
  at: Instant
  basis: number
  hash: string
  learned_from: Instant
  learned_to: Instant
  retracted: boolean
  import_id: number | null
  said: Content | null
  extra: Content | null
  [column: string]: unknown
}

const COMMON = ['subject', 'source', 'id', 'at', 'basis', 'hash', 'learned_from', 'learned_to', 'retracted', 'import_id', 'said', 'extra']

/** All rows of records, in the order they were learned. */
export async function loadRows(store: Store, kind: RecordKind, records: readonly Identity[]): Promise<StateRow[]> {
  const asked = new Map(records.map(({ subject, source, id }) => [keyOf({ subject, source, id }), { subject, source, id }]))
  const table = sql.table(tableOf(kind))
  const columns = sql.join([
    ...COMMON.map((name) => sql.ref(`c.${name}`)),
    // Money stays the text it is: a number could not hold all its digits.
    ...COLUMNS[kind].map(({ column, type }) =>
      type === 'numeric' ? sql`c.${sql.ref(column)}::text as ${sql.ref(column)}` : sql.ref(`c.${column}`),
    ),
  ])
  const rows = await store.query<StateRow>(sql`
    select c.* from json_to_recordset(${jsonText([...asked.values()])}::json) as r(subject text, source text, id text)
    cross join lateral (
      (select ${columns} from ${table} c where ${SAME} and c.learned_to = 'infinity' offset 0)
      union all
      (select ${columns} from ${table} c where ${SAME} and c.learned_to <> 'infinity' offset 0)) c`)
  return rows.toSorted((a, b) => a.learned_from - b.learned_from || Number(a.learned_to === Infinity) - Number(b.learned_to === Infinity))
}

/** Which subjects have records of one of these names; without a subject every one that the source tells of is looked at. */
export async function locate(
  store: Store,
  kind: RecordKind,
  names: readonly { source: string; id: string }[],
  subject?: Ref,
): Promise<Identity[]> {
  return store.query<Identity>(sql`
    select c.subject, c.source, c.id
    from json_to_recordset(${jsonText(names)}::json) as n(source text, id text)
    join evidence_subject s on s.kind = ${kind} and s.source = n.source ${subject ? sql`and s.subject = ${subject}` : sql``}
    cross join lateral (select s.subject, n.source, n.id offset 0) r
    cross join lateral (select c.subject, c.source, c.id from ${sql.table(tableOf(kind))} c where ${SAME} and c.learned_to = 'infinity' offset 0) c
    order by c.subject`)
}

/** The state in a row's columns; while `said` is null that is also what its revision stated. */
export function contentOf(kind: RecordKind, row: StateRow): Content {
  const content: Record<string, unknown> = { at: formatInstant(row.at), basis: basisOf(row.basis) }
  for (const { field, column, type } of COLUMNS[kind]) {
    const value = row[column]
    if (value !== null && value !== undefined) content[field] = type === 'timestamptz' ? formatInstant(Number(value)) : value
  }
  return { ...content, ...row.extra }
}
