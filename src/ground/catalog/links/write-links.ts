import type { Instant, Ref } from '../../core/index.ts'
import { formatInstant } from '../../core/index.ts'
import { instant, sql, type Statement, type Store } from '../../store/index.ts'
import { inBatches } from '../batches.ts'
import type { Link } from '../catalog.ts'
import type { NodeId } from './node-id.ts'

/** A link as an owner states it. Without `at` it is stated at the moment it is learned, and was when it was stated first. */
export interface OwnedLink extends Omit<Link, 'at'> {
  owner: string
  at?: Instant
}

const SAME = sql`link.from_id = given.from_id and link.type = given.type and link.to_id = given.to_id and link.owner = given.owner`
/**
 * Links among those given, each looked up by where it starts. As a join the planner goes through all links for every batch,
 * and by where they lead through all that lead to one outcome: then a large company's are written in quadratic time.
 */
const GIVEN = sql`link.ctid = any(array(select own.ctid from given cross join lateral (
  select link.ctid from link
  where link.from_id = given.from_id and (link.type, link.to_id, link.owner) is not distinct from (given.type, given.to_id, given.owner) offset 0) own))`

interface How {
  by: Ref
  moment: Instant
}

/**
 * States links: those that are new or say something else than before are learned now, what they said is kept as it was
 * known, and those that say the same stay untouched. What people decided about a link holds at once.
 * @returns whether anything was learned
 */
export async function stateLinks(store: Store, links: readonly OwnedLink[], how: How): Promise<boolean> {
  let learned = false
  for (const batch of inBatches(links, rowOf)) if (await restateLinks(store, batch, GIVEN, how)) learned = true
  return learned
}

/**
 * The same for one batch, and for all links that a condition on `link` holds for: those that are not stated are over.
 * @returns whether anything was learned
 */
export async function restateLinks(store: Store, links: readonly OwnedLink[], scope: Statement, { by, moment }: How): Promise<boolean> {
  const given = sql`
    select given.from_id, given.type, given.to_id, given.owner, given.origin, given.confidence, given.because, given.at,
      case when given.origin = 'declared' then given.status else coalesce(decision.status, given.status) end as status
    from json_to_recordset(${JSON.stringify(links.map(rowOf))}::text::json)
      as given(from_id text, type text, to_id text, owner text, origin text, confidence real, status text, because text, at timestamptz)
    left join link_decision decision on decision.from_id = given.from_id and decision.type = given.type and decision.to_id = given.to_id`
  const ended = await endLinks(
    store,
    sql`${scope} and not exists (select 1 from given where ${SAME} and (link.origin, link.confidence, link.status, link.because, link.at)
      is not distinct from (given.origin, given.confidence, given.status, given.because, coalesce(given.at, link.at)))`,
    moment,
    sql`with given as (${given}),`,
  )
  if (links.length === 0) return ended > 0
  const fresh = await store.query(sql`
    insert into link (from_id, type, to_id, owner, origin, confidence, status, because, at, by, learned_from)
    select from_id, type, to_id, owner, origin, confidence, status, because, coalesce(at, ${instant(moment)}), ${by}, ${instant(moment)} from (${given}) given
    on conflict (from_id, type, to_id, owner) do nothing returning 1`)
  return ended + fresh.length > 0
}

/**
 * Takes links out of the present; what was known of them stays known for the time before.
 * @param which condition on `link`
 * @param before common table expressions the condition needs
 */
export async function endLinks(store: Store, which: Statement, moment: Instant, before: Statement = sql`with`): Promise<number> {
  const [row] = await store.query<{ ended: number }>(sql`
    ${before} ended as (delete from link where ${which} returning *),
    kept as (
      insert into link_earlier (from_id, type, to_id, owner, origin, confidence, status, because, at, by, learned_from, learned_to)
      select from_id, type, to_id, owner, origin, confidence, status, because, at, by, learned_from, ${instant(moment)} from ended where learned_from < ${instant(moment)}
    )
    select count(*)::int as ended from ended`)
  return row!.ended
}

/** Condition on `link`: none of these, each told by its ends and type. */
export function notAmong(links: readonly { from: NodeId; type: string; to: NodeId }[]): Statement {
  return sql`not exists (
    select 1 from json_to_recordset(${JSON.stringify(links.map(({ from, type, to }) => ({ from_id: from, type, to_id: to })))}::text::json) as given(from_id text, type text, to_id text)
    where link.from_id = given.from_id and link.type = given.type and link.to_id = given.to_id)`
}

function rowOf({ from, to, at, ...link }: OwnedLink): object {
  return { ...link, from_id: from, to_id: to, at: at === undefined ? null : formatInstant(at) }
}
