import { type Instant, type Ref, Refusal } from '../../core/index.ts'
import { instant, sql, type Store } from '../../store/index.ts'
import type { Link } from '../catalog.ts'
import { linkAt } from '../known.ts'
import type { NodeId } from './node-id.ts'
import { type LinkContext, PEOPLE, strongestFirst } from './kept.ts'
import { canonicalLink } from './types.ts'
import { endLinks, stateLinks } from './write-links.ts'

/** What nobody has decided about yet, surest and latest first. A namespace is that of the target. */
export async function openSuggestions(
  store: Store,
  filter: { namespace?: string; limit: number; offset?: number },
  asOf?: Instant,
): Promise<{ total: number; links: Link[] }> {
  const scope = filter.namespace ? sql`and split_part(split_part(to_id, ':', 2), '/', 1) = ${filter.namespace}` : sql``
  const rows = await store.query<Link & { because: string | null; total: number }>(sql`
    select "from", type, "to", origin, confidence, status, because, at, (count(*) over ())::int as total from (
      select distinct on (from_id, type, to_id) from_id as "from", type, to_id as "to", origin, confidence, status, because, at
      from ${linkAt(asOf)} where status = 'suggested' ${scope}
      order by from_id, type, to_id, ${strongestFirst}
    ) open
    order by confidence desc, at desc, "from", "to", type limit ${filter.limit} offset ${filter.offset ?? 0}`)
  const total = rows[0]?.total ?? (filter.offset ? (await openSuggestions(store, { ...filter, limit: 1, offset: 0 }, asOf)).total : 0)
  return { total, links: rows.map(({ total: _, ...link }) => ({ ...link, because: link.because ?? undefined })) }
}

/** Keeps what a person decided about a link; one nobody suggested can be accepted too. */
export async function settleLink(
  { store, knowledge }: LinkContext,
  wish: { from: NodeId; type: string; to: NodeId },
  status: 'accepted' | 'refused' | 'suggested',
  { by }: { by: Ref },
): Promise<void> {
  const { from, type, to } = canonicalLink(wish)
  const same = sql`from_id = ${from} and type = ${type} and to_id = ${to}`
  await store.transaction(async () => {
    const moment = await knowledge.learn()
    const found = await store.query<Omit<Link, 'because'> & { owner: string; because: string | null; at: Instant }>(sql`
      select from_id as "from", type, to_id as "to", owner, origin, confidence, status, because, at from link where ${same} order by ${strongestFirst}`)
    const declared = found.find((link) => link.origin === 'declared' && link.owner !== PEOPLE)
    if (declared && status !== 'accepted') {
      throw new Refusal('catalog.declared_link', `${declared.owner} itself declares this link.`, {
        status: 409,
        fix: `Change ${declared.owner} where it is written.`,
      })
    }
    await store.query(sql`delete from link_decision where ${same}`)
    await endLinks(store, sql`${same} and owner = ${PEOPLE}`, moment)
    if (status !== 'suggested')
      await store.query(
        sql`insert into link_decision (from_id, type, to_id, status, at, by) values (${from}, ${type}, ${to}, ${status}, ${instant(moment)}, ${by})`,
      )
    const [first = { from, type, to, origin: 'declared' as const, confidence: 1, because: null, at: moment }] = found
    await stateLinks(
      store,
      [
        ...found
          .filter(({ owner, origin }) => owner !== PEOPLE && origin !== 'declared')
          .map((link) => ({
            ...link,
            status: status !== 'suggested' ? status : link.origin === 'inferred' ? status : ('accepted' as const),
          })),
        ...(status === 'accepted' ? [{ ...first, owner: PEOPLE, status }] : []),
      ].map(({ because, ...link }) => ({ ...link, ...(because === null ? {} : { because }) })),
      { by, moment },
    )
    await knowledge.changed('links', moment)
  })
}
