import { type Instant, type Ref, refKind, refNamespace } from '../../core/index.ts'
import { sql, type Store } from '../../store/index.ts'
import type { Resident, SubjectFinder, SubjectShare } from '../catalog.ts'
import { linkAt } from '../known.ts'
import { type Land, landOf } from './land.ts'
import { ancestorsOf, type Ground, type Holder, shareOf, sharesIn, wholeOf } from './partition.ts'

/** Answers which evidence tells of what, from memory as long as the catalogue does not change. */
export function sharesOver(store: Store, finders: readonly SubjectFinder[]) {
  const landAt = landOf(store)
  const told = async (namespace: string, asOf: Instant | undefined) => [
    ...new Set((await Promise.all(finders.map((find) => find(namespace, asOf)))).flat()),
  ]
  return {
    /** @param evidenceAsOf which evidence was known, where the catalogue of the present is that of the moment */
    async shares(asked: Ref, asOf?: Instant, evidenceAsOf = asOf): Promise<SubjectShare[]> {
      const land = await landAt(asOf)
      if (asked.startsWith('namespace:'))
        return sharesOfNamespace(land, asked.slice('namespace:'.length), await told(asked.slice('namespace:'.length), evidenceAsOf))
      const ref = presentName(land, asked)
      const alone = shareOfOne(land, ref)
      if (alone) return [alone]
      return sharesOfWhole(land, ref, await partsOf(store, ref, asOf), await told(refNamespace(ref), evidenceAsOf))
    },
    async shareOfEach(refs: readonly Ref[], asOf?: Instant): Promise<Map<Ref, SubjectShare>> {
      const land = await landAt(asOf)
      return new Map(refs.map((ref) => [ref, shareOfOne(land, presentName(land, ref)) ?? bareShare(ref)]))
    },
    async residents(repositories: readonly Ref[], files: readonly string[], asOf?: Instant): Promise<Resident[]> {
      const { grounds } = await landAt(asOf)
      const folders = new Set(files.flatMap(ancestorsOf))
      return repositories.flatMap((repository) =>
        (grounds.get(repository)?.holders ?? [])
          .filter(({ path }) => path === null || folders.has(path))
          .map(({ ref, path }) => ({ ref, repository, path })),
      )
    },
  }
}

function presentName({ holders, grounds, aliases }: Land, ref: Ref): Ref {
  return holders.has(ref) || grounds.has(ref) ? ref : (aliases.get(ref) ?? ref)
}

/** The share of a component or repository; null for what has parts, or is not declared. */
function shareOfOne(land: Land, ref: Ref): SubjectShare | null {
  if (refKind(ref) === 'repository') return wholeOf(groundOf(land, ref))
  const holder = refKind(ref) === 'component' ? land.holders.get(ref) : undefined
  return holder ? shareOf(holder, holder.repository === null ? undefined : groundOf(land, holder.repository)) : null
}

/** A repository nobody declares is a ground with nobody on it. */
function groundOf({ grounds }: Land, ref: Ref): Ground {
  return grounds.get(ref) ?? { ref, aliases: [], deployments: null, holders: [], inner: new Map() }
}

/** What a system, domain or team has: its components, and itself or its parts where evidence names them. */
function sharesOfWhole(land: Land, ref: Ref, parts: readonly Ref[], told: readonly Ref[]): SubjectShare[] {
  const holders = parts.flatMap((part) => land.holders.get(part) ?? [])
  const shares = sharesOfHolders(land, holders)
  const named = parts.filter((part) => told.includes(part))
  return sorted([...shares, ...bare(shares.length === 0 && !named.includes(ref) ? [ref, ...named] : named, shares)])
}

function sharesOfHolders(land: Land, holders: readonly Holder[]): SubjectShare[] {
  const own = new Set(holders.map((holder) => holder.ref))
  const byRepository = Map.groupBy(holders, (holder) => holder.repository)
  return [...byRepository].flatMap(([repository, its]) => {
    if (repository === null) return its.map((holder) => shareOf(holder, undefined))
    const ground = groundOf(land, repository)
    const others = its.filter((holder) => !ground.holders.includes(holder))
    return sharesIn(others.length > 0 ? { ...ground, holders: [...ground.holders, ...others] } : ground, own)
  })
}

/** Everything of a namespace once. What nobody claims of a repository belongs to the repository's own namespace. */
function sharesOfNamespace(land: Land, namespace: string, told: readonly Ref[]): SubjectShare[] {
  const inside = (ref: Ref) => refNamespace(ref) === namespace
  const repositories = new Set([...[...land.grounds.keys()].filter(inside), ...told.filter((ref) => refKind(ref) === 'repository')])
  const components = [...land.holders.values()].filter(
    (holder) => refKind(holder.ref) === 'component' && inside(holder.ref) && !repositories.has(holder.repository ?? ''),
  )
  const shares = [...[...repositories].flatMap((ref) => sharesIn(groundOf(land, ref))), ...sharesOfHolders(land, components)]
  return sorted([...shares, ...bare(told, shares)])
}

/** Subjects that no share covers: evidence under their own name is all there is. */
function bare(subjects: readonly Ref[], shares: readonly SubjectShare[]): SubjectShare[] {
  const covered = new Set(shares.flatMap((share) => share.subjects))
  return subjects.filter((ref) => !covered.has(ref)).map(bareShare)
}

function bareShare(ref: Ref): SubjectShare {
  return { ref, subjects: [ref], deployments: { by: 'events' } }
}

function sorted(shares: readonly SubjectShare[]): SubjectShare[] {
  return [...shares].sort((a, b) => (a.ref < b.ref ? -1 : 1))
}

/** Components and other parts below a system or domain, those a group owns, or the thing itself. */
async function partsOf(store: Store, ref: Ref, asOf: Instant | undefined): Promise<Ref[]> {
  const rows = await store.query<{ id: Ref }>(sql`
    with recursive part(id, depth) as (
      select ${ref}::text, 0
      union
      select link.from_id, depth + 1 from part join ${linkAt(asOf)} on link.to_id = part.id
      where link.type in ('partOf', 'ownedBy') and link.status = 'accepted' and depth < 6
    )
    select distinct id from part order by id`)
  return rows.map(({ id }) => id)
}
