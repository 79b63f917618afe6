import { formatInstant, type Instant, type Ref, Refusal } from '../../core/index.ts'
import { sql, type Store } from '../../store/index.ts'
import type { Link } from '../catalog.ts'
import type { NodeId } from './node-id.ts'
import { PEOPLE, strongestFirst } from './kept.ts'
import { canonicalLink } from './types.ts'

/** What nobody has decided about yet, surest and latest first. A namespace is that of the target. */
export async function openSuggestions(
  store: Store,
  filter: { namespace?: string; limit: number; offset?: number },
): Promise<{ total: number; links: Link[] }> {
  const scope = filter.namespace ? sql`and split_part(split_part(to_id, ':', 2), '/', 1) = ${filter.namespace}` : sql``
  const rows = await store.query<Link & { because: string | null; total: number }>(sql`
    select "from", type, "to", origin, confidence, status, because, at, (count(*) over ())::int as total from (
      select distinct on (from_id, type, to_id) from_id as "from", type, to_id as "to", origin, confidence, status, because, at
      from link where status = 'suggested' ${scope}
      order by from_id, type, to_id, ${strongestFirst}
    ) open
    order by confidence desc, at desc, "from", "to" limit ${filter.limit} offset ${filter.offset ?? 0}`)
  const total = rows[0]?.total ?? (filter.offset ? (await openSuggestions(store, { ...filter, limit: 1, offset: 0 })).total : 0)
  return { total, links: rows.map(({ total: _, ...link }) => ({ ...link, because: link.because ?? undefined })) }
}

/** Keeps what a person decided about a link; one nobody suggested can be accepted too. */
export async function settleLink(
  store: Store,
  wish: { from: NodeId; type: string; to: NodeId },
  status: 'accepted' | 'refused' | 'suggested',
  how: { by: Ref; at: Instant },
): Promise<void> {
  const { from, type, to } = canonicalLink(wish)
  const same = sql`from_id = ${from} and type = ${type} and to_id = ${to}`
  await store.transaction(async () => {
    const found = await store.query<{ owner: string; origin: string; confidence: number; because: string | null; at: Instant }>(sql`
      select owner, origin, confidence, because, at from link where ${same} order by ${strongestFirst}`)
    const declared = found.find((link) => link.origin === 'declared' && link.owner !== PEOPLE)
    if (declared && status !== 'accepted') {
      throw new Refusal('catalog.declared_link', `${declared.owner} itself declares this link.`, {
        status: 409,
        fix: `Change ${declared.owner} where it is written.`,
      })
    }
    await store.query(sql`delete from link_decision where ${same}`)
    await store.query(sql`delete from link where ${same} and owner = ${PEOPLE}`)
    if (status === 'suggested') {
      await store.query(sql`update link set status = case when origin = 'inferred' then 'suggested' else 'accepted' end where ${same}`)
      return
    }
    const at = formatInstant(how.at)
    await store.query(
      sql`insert into link_decision (from_id, type, to_id, status, at, by) values (${from}, ${type}, ${to}, ${status}, ${at}::timestamptz, ${how.by})`,
    )
    await store.query(sql`update link set status = ${status} where ${same} and origin <> 'declared'`)
    if (status === 'refused') return
    const [link = { origin: 'declared', confidence: 1, because: null, at: how.at }] = found
    await store.query(sql`
      insert into link (from_id, type, to_id, owner, origin, confidence, status, because, at, by)
      values (${from}, ${type}, ${to}, ${PEOPLE}, ${link.origin}, ${link.confidence}, 'accepted', ${link.because}, ${formatInstant(link.at)}::timestamptz, ${how.by})`)
  })
}
