import type { Instant, Ref } from '../../core/index.ts'
import { sql, type Store } from '../../store/index.ts'
import type { Link, LinkStatus } from '../catalog.ts'
import { type CatalogKnowledge, linkAt } from '../known.ts'
import { textList } from '../rows.ts'
import type { NodeId } from './node-id.ts'
import { canonicalLink } from './types.ts'
import { endLinks, notAmong, stateLinks } from './write-links.ts'

/** What writing links stands on. */
export interface LinkContext {
  store: Store
  knowledge: CatalogKnowledge
}

/** The owner of links that people accepted: they stay when the suggestion behind them is no longer found. */
export const PEOPLE = 'people'

/** Several owners may state one link: what is declared says more than a trailer, that more than a reference or a guess. */
export const strongestFirst = sql`case origin when 'declared' then 0 when 'trailer' then 1 when 'reference' then 2 else 3 end, confidence desc`

/** Links that touch these nodes, in both directions, each once. */
export async function linksOf(
  store: Store,
  ids: readonly NodeId[],
  statuses: readonly LinkStatus[] = ['accepted'],
  asOf?: Instant,
): Promise<Link[]> {
  if (ids.length === 0) return []
  const rows = await store.query<Link & { because: string | null }>(sql`
    with asked as (select value from ${textList([...new Set(ids)])})
    select distinct on ("from", type, "to") * from (
      select from_id as "from", type, to_id as "to", origin, confidence, status, because, at from ${linkAt(asOf)} where from_id in (select value from asked)
      union all
      select from_id, type, to_id, origin, confidence, status, because, at from ${linkAt(asOf)} where to_id in (select value from asked)
    ) touching
    where status in (select value from ${textList(statuses)})
    order by "from", type, "to", status, ${strongestFirst}`)
  return rows.map((row) => ({ ...row, because: row.because ?? undefined }))
}

/** Replaces what one owner states: everything, or what starts at some nodes. What stays the same is not learned again. */
export async function replaceLinks(
  { store, knowledge }: LinkContext,
  owner: string,
  links: readonly Link[],
  how: { by: Ref; from?: readonly NodeId[] },
): Promise<void> {
  await store.transaction(async () => {
    const moment = await knowledge.learn()
    const rows = uniqueLinks(links)
    const scope = how.from ? sql`and from_id in (select value from ${textList(how.from)})` : sql``
    const ended = await endLinks(store, sql`owner = ${owner} ${scope} and ${notAmong(rows)}`, moment)
    const stated = await stateLinks(
      store,
      rows.map((link) => ({ ...link, owner })),
      { by: how.by, moment },
    )
    if (ended > 0 || stated) await knowledge.changed('links', moment)
  })
}

/** Adds links of one owner, those it had before are restated; what people decided about them holds at once. */
export async function addLinks(
  { store, knowledge }: LinkContext,
  owner: string,
  links: readonly Link[],
  { by }: { by: Ref },
): Promise<void> {
  if (links.length === 0) return
  await store.transaction(async () => {
    const moment = await knowledge.learn()
    const rows = uniqueLinks(links).map((link) => ({ ...link, owner }))
    if (await stateLinks(store, rows, { by, moment })) await knowledge.changed('links', moment)
  })
}

/** One row a link: of two that say the same, the surer stays. */
function uniqueLinks(links: readonly Link[]): Link[] {
  const rows = new Map<string, Link>()
  for (const link of links) {
    const kept = canonicalLink(link)
    const key = JSON.stringify([kept.from, kept.type, kept.to])
    const other = rows.get(key)
    if (!other || kept.confidence > other.confidence) rows.set(key, kept)
  }
  return [...rows.values()]
}
