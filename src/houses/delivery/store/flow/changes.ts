import { linkAt, recordParts, splitNode } from '../../../../ground/catalog/index.ts'
import type { Instant, Ref } from '../../../../ground/core/index.ts'
import { knownAt } from '../../../../ground/ledger/index.ts'
import { sql, type Store } from '../../../../ground/store/index.ts'
import type { Derived, ItemChange } from '../../assess/index.ts'
import type { Scope } from '../../evidence/index.ts'
import { partAt } from '../../work-links/parts.ts'
import { keptRows, type Named, type WayRow } from './kept-rows.ts'

/** A change of an item, and the parts of the catalogue it touches. */
export interface PlacedChange extends ItemChange {
  places: ReadonlySet<Ref>
}

/** The changes and commits that implement items, by the node of the item; each once, where it reached production first. */
export async function changesOfItems(
  store: Store,
  items: readonly string[],
  { scopes, derived, asOf }: { scopes: readonly Scope[]; derived: ReadonlyMap<Scope, Derived>; asOf: Instant | null },
): Promise<Map<string, PlacedChange[]>> {
  const bySubject = Map.groupBy(await namedBy(store, items, asOf), ({ subject }) => subject)
  const concerned = scopes.filter(({ code }) => code.some((subject) => bySubject.has(subject)))
  const kept = await keptRows(
    store,
    concerned.filter((scope) => !derived.has(scope)),
    bySubject,
  )
  const found: Found = new Map()
  for (const scope of concerned) {
    const { byRecord, bySha } = indexed(derived.get(scope)?.changes ?? kept.get(scope) ?? [])
    for (const { item, subject, records, shas } of scope.code.flatMap((one) => bySubject.get(one) ?? [])) {
      const units = new Set([...records.map((record) => byRecord.get(record)), ...shas.map((sha) => bySha.get(sha))])
      for (const row of units) if (row) place(found, item, { row, subject, scope })
    }
  }
  const givenUp = await closedAt(store, found, asOf)
  return new Map(
    [...found].map(([item, its]) => [
      item,
      [...its.values()].map(({ row, subject, places }): PlacedChange => ({
        id: row.id,
        subject,
        direct: row.id.startsWith('commit:'),
        authoredAt: row.authoredAt,
        openedAt: row.openedAt,
        reviewedAt: row.reviewedAt,
        mergedAt: row.mergedAt,
        givenUpAt: givenUp.get(`${row.id}@${subject}`) ?? null,
        deployedAt: row.deployedAt,
        deployment: row.deployment,
        firstOfAll: row.method === 'first',
        places,
      })),
    ]),
  )
}

type Found = Map<string, Map<string, { row: WayRow; subject: Ref; places: Set<Ref> }>>

/** Parts of one repository may each have a row of one change: the one production had first counts. */
function place(found: Found, item: string, { row, subject, scope }: { row: WayRow; subject: Ref; scope: Scope }): void {
  const its = found.get(item) ?? new Map<string, { row: WayRow; subject: Ref; places: Set<Ref> }>()
  found.set(item, its)
  const key = `${row.id}@${subject}`
  const other = its.get(key)
  const places = other?.places ?? new Set<Ref>()
  if (row.here) places.add(scope.subject)
  const first =
    !other ||
    (row.here && !other.row.here) ||
    (row.here === other.row.here && (row.deployedAt ?? Infinity) < (other.row.deployedAt ?? Infinity))
  its.set(key, { row: first ? row : other.row, subject, places })
}

function indexed(rows: readonly WayRow[]): { byRecord: Map<string, WayRow>; bySha: Map<string, WayRow> } {
  const byRecord = new Map<string, WayRow>()
  const bySha = new Map<string, WayRow>()
  for (const row of rows) {
    for (const record of row.records) byRecord.set(record, row)
    for (const sha of row.commits) bySha.set(sha, row)
  }
  return { byRecord, bySha }
}

/** What is linked with the items by accepted links: changes with the commits they hold, and commits. */
async function namedBy(store: Store, items: readonly string[], asOf: Instant | null): Promise<Named[]> {
  if (items.length === 0) return []
  const links = await store.query<{ item: string; node: string }>(sql`
    select link.to_id as item, link.from_id as node from ${linkAt(asOf ?? undefined)}
    where link.to_id in (select value from json_array_elements_text(${JSON.stringify(items)}::text::json))
      and link.type = 'implements' and link.status = 'accepted' and (link.from_id like 'change:%' or link.from_id like 'commit:%')`)
  const changes = [...new Set(links.flatMap(({ node }) => (node.startsWith('change:') ? [node] : [])))]
  const parts = await store.query<{ node: string; sha: string }>(sql`
    select part.change_id as node, part.sha from ${partAt(asOf, 'part')} where part.change_id in (select value from json_array_elements_text(${JSON.stringify(changes)}::text::json))`)
  const held = Map.groupBy(parts, ({ node }) => node)
  const shas = [...new Set(links.flatMap(({ node }) => (node.startsWith('commit:') ? [recordParts(node).id] : [])))]
  const commits = await store.query<{ sha: string; subject: Ref; records: string[] }>(sql`
    select e.sha, e.subject, array_agg(distinct 'commit:' || e.source || '/' || e.id) as records
    from evidence_commit e where e.sha = any(${shas}::text[]) and ${knownAt(asOf, 'e')} group by e.sha, e.subject`)
  const homes = Map.groupBy(commits, ({ sha }) => sha)
  return links.flatMap(({ item, node }): Named[] => {
    if (node.startsWith('commit:')) {
      const { id: sha } = recordParts(node)
      return (homes.get(sha) ?? []).map(({ subject, records }) => ({ item, subject, records, shas: [sha] }))
    }
    const { id, subject } = splitNode(node)
    return subject ? [{ item, subject, records: [id], shas: (held.get(node) ?? []).map(({ sha }) => sha) }] : []
  })
}

/** When changes that were neither merged nor deployed were closed, by node. */
async function closedAt(store: Store, found: Found, asOf: Instant | null): Promise<Map<string, Instant>> {
  const open = [...found.values()].flatMap((its) =>
    [...its].flatMap(([node, { row }]) =>
      row.mergedAt === null && row.deployedAt === null && row.id.startsWith('change:') ? [recordParts(node)] : [],
    ),
  )
  if (open.length === 0) return new Map()
  const rows = await store.query<{ source: string; id: string; subject: Ref; closed: Instant }>(sql`
    select e.source, e.id, e.subject, e.closed_at as closed from json_to_recordset(${JSON.stringify(open)}::text::json) as r(source text, id text, subject text)
    join evidence_change e on e.subject = r.subject and e.source = r.source and e.id = r.id and ${knownAt(asOf, 'e')} where e.closed_at is not null`)
  return new Map(rows.map(({ source, id, subject, closed }) => [`change:${source}/${id}@${subject}`, closed]))
}
