import { entityAt, type GapFinder, type GapScope, inScope, linkAt } from '../catalog/index.ts'
import { DAY, dayWords, type Instant, type Ref } from '../core/index.ts'
import { knownAt } from '../ledger/index.ts'
import { instant, sql, type Store } from '../store/index.ts'

/** Nobody works on nothing for longer than this and is still there, unless somebody says so: parental leave is shorter. */
const QUIET = 365 * DAY

interface Owned {
  ref: Ref
  title: string
  owner: Ref
  member: Ref
}

/** An owner of something, who is gone. */
export interface GoneOwner {
  ref: Ref
  owner: Ref
  message: string
}

/**
 * Things owned by somebody who left, or by a group that all its members have left. A user has left on the day its entity
 * says (`spec.until`); where it says none, when nothing by any of its aliases was recorded for a year. Of whom nothing
 * was ever recorded, nothing is known.
 * @param refs only these things
 */
export async function goneOwners(store: Store, scope: GapScope, refs?: readonly Ref[]): Promise<GoneOwner[]> {
  const rows = await ownedBy(store, scope, refs)
  const left = await leaversAmong(store, [...new Set(rows.map(({ member }) => member))], scope)
  const gone: GoneOwner[] = []
  for (const [, own] of Map.groupBy(rows, ({ ref, owner }) => `${ref} ${owner}`)) {
    if (!own.every(({ member }) => left.has(member))) continue
    const { ref, title, owner } = own[0]!
    const last = dayWords(Math.max(...own.map(({ member }) => left.get(member)!)))
    const message = owner.startsWith('user:')
      ? `${owner}, who owns "${title}", has not been here since ${last}`
      : `Everybody in ${owner}, which owns "${title}", has left; the last on ${last}`
    gone.push({ ref, owner, message })
  }
  return gone
}

/** Owners who are gone, as holes. */
export function ownersGone(store: Store): GapFinder {
  return {
    code: 'owner_left',
    find: async (scope) =>
      (await goneOwners(store, scope)).map(({ ref, message }) => ({
        code: 'owner_left',
        ref,
        message,
        fix: 'Name an owner who is there (spec.owner), or correct the dates of its people.',
      })),
  }
}

async function ownedBy(store: Store, scope: GapScope, refs?: readonly Ref[]): Promise<Owned[]> {
  const { asOf } = scope
  const which = refs ? sql`entity.ref = any(${[...refs]}::text[])` : inScope(scope)
  return store.query<Owned>(sql`
    with owned as (
      select entity.ref, coalesce(entity.title, entity.name) as title, link.to_id as owner
      from ${entityAt(asOf)} join ${linkAt(asOf)} on link.from_id = entity.ref and link.type = 'ownedBy' and link.status = 'accepted' where ${which}
    )
    select owned.*, owned.owner as member from owned where owned.owner like 'user:%'
    union
    select owned.*, case when own.type = 'memberOf' then own.from_id else own.to_id end from owned join ${linkAt(asOf, 'own')}
      on own.status = 'accepted' and ((own.type = 'memberOf' and own.to_id = owned.owner) or (own.type = 'hasMember' and own.from_id = owned.owner))
    where owned.owner like 'group:%'
    order by ref, owner, member`)
}

/** Since when those who left are gone. */
async function leaversAmong(store: Store, users: readonly Ref[], { at, asOf }: GapScope): Promise<Map<Ref, Instant>> {
  if (users.length === 0) return new Map()
  const stated = await store.query<{ ref: Ref; until: string | null }>(
    sql`select ref, doc #>> '{spec,until}' as until from ${entityAt(asOf)} where ref = any(${[...users]}::text[])`,
  )
  const left = new Map<Ref, Instant>()
  const unsaid: Ref[] = []
  for (const { ref, until } of stated) {
    const day = until === null ? Number.NaN : Date.parse(until)
    if (Number.isNaN(day)) unsaid.push(ref)
    else if (day < at) left.set(ref, day)
  }
  for (const { person, last } of unsaid.length ? await lastSeen(store, unsaid, at, asOf ?? null) : [])
    if (at - last > QUIET) left.set(person, last)
  return left
}

async function lastSeen(store: Store, users: readonly Ref[], at: Instant, asOf: Instant | null): Promise<{ person: Ref; last: Instant }[]> {
  const known = asOf === null ? sql`learned_to = 'infinity'` : sql`learned_from <= ${instant(asOf)} and learned_to > ${instant(asOf)}`
  const seen = (kind: string) => sql`
    select name.person, max(e.at) as last from name join ${sql.table(`evidence_${kind}`)} e on e.author = name.alias and e.at <= ${instant(at)} and ${knownAt(asOf, 'e')} group by name.person`
  return store.query(sql`
    with name as (
      select alias, person from person_of where person = any(${[...users]}::text[]) and ${known}
      union select ref, ref from unnest(${[...users]}::text[]) as ref
    )
    select person, max(last) as last from (${seen('commit')} union all ${seen('change')}) seen group by person`)
}
