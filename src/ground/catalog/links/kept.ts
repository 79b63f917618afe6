import { formatInstant, type Instant, type Ref } from '../../core/index.ts'
import { sql, type Store } from '../../store/index.ts'
import type { Link, LinkStatus } from '../catalog.ts'
import { inBatches } from '../batches.ts'
import { textList } from '../rows.ts'
import type { NodeId } from './node-id.ts'
import { canonicalLink } from './types.ts'

/** The owner of links that people accepted: they stay when the suggestion behind them is no longer found. */
export const PEOPLE = 'people'

/** Several owners may state one link: what is declared says more than a trailer, that more than a reference or a guess. */
export const strongestFirst = sql`case origin when 'declared' then 0 when 'trailer' then 1 when 'reference' then 2 else 3 end, confidence desc`

/** Links that touch these nodes, in both directions, each once. */
export async function linksOf(store: Store, ids: readonly NodeId[], statuses: readonly LinkStatus[] = ['accepted']): Promise<Link[]> {
  if (ids.length === 0) return []
  const rows = await store.query<Link & { because: string | null }>(sql`
    with asked as (select value from ${textList([...new Set(ids)])})
    select distinct on ("from", type, "to") * from (
      select from_id as "from", type, to_id as "to", origin, confidence, status, because, at from link where from_id in (select value from asked)
      union all
      select from_id, type, to_id, origin, confidence, status, because, at from link where to_id in (select value from asked)
    ) touching
    where status in (select value from ${textList(statuses)})
    order by "from", type, "to", status, ${strongestFirst}`)
  return rows.map((row) => ({ ...row, because: row.because ?? undefined }))
}

/** Replaces what one owner states: everything, or what starts at some nodes. */
export async function replaceLinks(
  store: Store,
  owner: string,
  links: readonly Link[],
  how: { by: Ref; at: Instant; from?: readonly NodeId[] },
): Promise<void> {
  await store.transaction(async () => {
    const scope = how.from ? sql`and from_id in (select value from ${textList(how.from)})` : sql``
    await store.query(sql`delete from link where owner = ${owner} ${scope}`)
    await addLinks(store, owner, links, how)
  })
}

/** Adds links of one owner, those it had before are restated; what people decided about them holds at once. */
export async function addLinks(store: Store, owner: string, links: readonly Link[], how: { by: Ref; at: Instant }): Promise<void> {
  if (links.length === 0) return
  await store.transaction(async () => {
    for (const batch of inBatches(uniqueRows(links, how.at), (row) => row)) {
      await store.query(sql`
        insert into link (from_id, type, to_id, owner, origin, confidence, status, because, at, by)
        select given."from", given.type, given."to", ${owner}, given.origin, given.confidence,
          case when given.origin = 'declared' then given.status else coalesce(decision.status, given.status) end, given.because, given.at, ${how.by}
        from json_to_recordset(${JSON.stringify(batch)}::text::json)
          as given("from" text, type text, "to" text, origin text, confidence real, status text, because text, at timestamptz)
        left join link_decision decision on decision.from_id = given."from" and decision.type = given.type and decision.to_id = given."to"
        on conflict (from_id, type, to_id, owner) do update set origin = excluded.origin, confidence = excluded.confidence,
          status = excluded.status, because = excluded.because, at = excluded.at, by = excluded.by`)
    }
  })
}

/** One row a link: of two that say the same, the surer stays. */
function uniqueRows(links: readonly Link[], at: Instant): object[] {
  const rows = new Map<string, Link>()
  for (const link of links) {
    const kept = canonicalLink(link)
    const key = JSON.stringify([kept.from, kept.type, kept.to])
    const other = rows.get(key)
    if (!other || kept.confidence > other.confidence) rows.set(key, kept)
  }
  return [...rows.values()].map((link) => ({ ...link, at: formatInstant(link.at ?? at) }))
}
