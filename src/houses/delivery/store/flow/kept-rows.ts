import type { Ref } from '../../../../ground/core/index.ts'
import { sql, type Statement, type Store } from '../../../../ground/store/index.ts'
import type { ChangeRow } from '../../assess/index.ts'
import { CHANGE_COLUMNS, type Columns, rowsOf, type Scope, scopeKey } from '../../evidence/index.ts'

/** Something an item is linked with: a change with the commits it holds, or a commit. */
export interface Named {
  item: string
  subject: Ref
  /** Record of the change; of a commit by every source, since it may have come to the main line by itself. */
  records: string[]
  shas: string[]
}

const WAY = [
  'id',
  'here',
  'records',
  'commits',
  'authoredAt',
  'openedAt',
  'reviewedAt',
  'mergedAt',
  'deployment',
  'deployedAt',
  'method',
] as const satisfies readonly (keyof ChangeRow)[]

/** What of a change tells the way of an item. */
export type WayRow = Pick<ChangeRow, (typeof WAY)[number]>
type PlacedRow = WayRow & { place: number }

const COLUMNS: Columns<PlacedRow> = [
  ...CHANGE_COLUMNS.flatMap(({ field, ...column }) => {
    const own = WAY.find((one) => one === field)
    return own ? [{ field: own, ...column }] : []
  }),
  { field: 'place', column: 'place', kind: 'integer', key: 'place' },
]

/**
 * Kept rows of scopes that are, or hold, what is named in their repositories. A part has a row of every change of its
 * repository: only that of the parts a change touches is read, and any where it touches none that is asked about.
 */
export async function keptRows(
  store: Store,
  scopes: readonly Scope[],
  named: ReadonlyMap<Ref, readonly Named[]>,
): Promise<Map<Scope, WayRow[]>> {
  const ids = await idsOf(store, scopes, named)
  const here = await rowsWhere(
    store,
    scopes,
    sql`r.here and r.id = any(${[...new Set([...ids.values()].flatMap((own) => [...own]))]}::text[])`,
  )
  const touched = new Map<Ref, Set<string>>()
  for (const { id, place } of here)
    for (const subject of scopes[place]!.code) touched.set(subject, (touched.get(subject) ?? new Set()).add(id))
  const rest = [...new Set([...ids].flatMap(([subject, own]) => [...own].filter((id) => !touched.get(subject)?.has(id))))]
  const elsewhere = rest.length > 0 ? await rowsWhere(store, scopes, sql`r.id = any(${rest}::text[])`) : []
  return Map.groupBy([...here, ...elsewhere], ({ place }) => scopes[place]!)
}

/**
 * Which units of delivery are named in each repository: commits belong to the same change whatever part of it is looked at; one
 * that is a unit by itself is one in the parts it touches alone, under the name of its record.
 */
async function idsOf(store: Store, scopes: readonly Scope[], named: ReadonlyMap<Ref, readonly Named[]>): Promise<Map<Ref, Set<string>>> {
  const ids = new Map<Ref, Set<string>>()
  const asked: object[] = []
  for (const [subject, own] of named) {
    ids.set(subject, new Set(own.flatMap(({ records }) => records)))
    const scope = scopes.find(({ code }) => code.includes(subject))
    const shas = [...new Set(own.flatMap((one) => one.shas))]
    if (scope && shas.length > 0) asked.push({ named: subject, scope: scopeKey(scope).toString(), shas })
  }
  if (asked.length === 0) return ids
  const units = await store.query<{ named: Ref; unit: string }>(sql`
    select distinct a.named, c.unit from json_to_recordset(${JSON.stringify(asked)}::text::json) as a(named text, scope bigint, shas json)
      cross join lateral json_array_elements_text(a.shas) as held(sha)
      join delivery_commit c on c.scope = a.scope and c.sha = held.sha
    where c.unit is not null`)
  for (const { named: subject, unit } of units) ids.get(subject)!.add(unit)
  return ids
}

async function rowsWhere(store: Store, scopes: readonly Scope[], which: Statement): Promise<PlacedRow[]> {
  if (scopes.length === 0) return []
  const asked = scopes.map((scope, place) => ({ place, scope: scopeKey(scope).toString() }))
  return rowsOf(
    store,
    COLUMNS,
    sql`
      select r.*, s.place from delivery_change r
        join json_to_recordset(${JSON.stringify(asked)}::text::json) as s(place integer, scope bigint) on s.scope = r.scope
      where ${which}`,
  )
}
