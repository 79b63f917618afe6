import { DEFAULT_NAMESPACE, type Instant, type Ref, refNamespace } from '../../core/index.ts'
import { sql, type Store } from '../../store/index.ts'
import { entityAt, revisionOf } from '../known.ts'
import { deploymentsOf } from './annotations.ts'
import { type Ground, type Holder, innerPaths } from './partition.ts'

/** Who lives where: every entity with evidence of its own, and every repository with its residents. */
export interface Land {
  /** Components, and other entities that name a repository. */
  holders: ReadonlyMap<Ref, Holder>
  /** Repositories, declared or only named, with the components in them. */
  grounds: ReadonlyMap<Ref, Ground>
  /** Present names by the old ones. */
  aliases: ReadonlyMap<Ref, Ref>
}

interface Row {
  ref: Ref
  kind: string
  repository: string | null
  path: string | null
  deployments: string | null
  aliases: Ref[]
}

/** Past moments whose land is kept: a report asks for its own again and again. */
const KEPT_MOMENTS = 4

/** Reads the land once for each state of the catalogue, and for each of a few past moments. */
export function landOf(store: Store): (asOf?: Instant) => Promise<Land> {
  let present: { token: string; land: Land } | null = null
  const past = new Map<Instant, Promise<Land>>()
  return async (asOf) => {
    if (asOf !== undefined) return landAsOf(store, past, asOf)
    const token = await revisionOf(store)
    if (present?.token !== token) present = { token, land: await readLand(store) }
    return present.land
  }
}

function landAsOf(store: Store, past: Map<Instant, Promise<Land>>, asOf: Instant): Promise<Land> {
  const kept = past.get(asOf) ?? readLand(store, asOf)
  past.delete(asOf)
  past.set(asOf, kept)
  kept.catch(() => past.delete(asOf))
  if (past.size > KEPT_MOMENTS) past.delete(past.keys().next().value!)
  return kept
}

async function readLand(store: Store, asOf?: Instant): Promise<Land> {
  const rows = await store.query<Row>(sql`
    select ref, kind, repository, path, deployments, coalesce(aliases, '{}') as aliases
    from ${entityAt(asOf)} where kind in ('component', 'repository') or repository is not null or aliases is not null order by ref`)
  const declared = new Map(rows.filter((row) => row.kind === 'repository').map((row) => [row.ref, row]))
  const keepTheirOwn = new Set([...declared.keys()].map(refNamespace))
  const holders = rows
    .filter((row) => row.kind !== 'repository')
    .map((row): Holder => ({
      ref: row.ref,
      aliases: row.aliases,
      repository: repositoryOf(row, keepTheirOwn),
      path: row.path,
      deployments: deploymentsOf(row.deployments),
    }))
  const residents = Map.groupBy(
    holders.filter((holder) => holder.ref.startsWith('component:') && holder.repository !== null),
    (holder) => holder.repository!,
  )
  const grounds = new Map<Ref, Ground>()
  for (const ref of new Set([...declared.keys(), ...holders.flatMap((holder) => holder.repository ?? [])])) {
    const row = declared.get(ref)
    const here = residents.get(ref) ?? []
    grounds.set(ref, {
      ref,
      aliases: row?.aliases ?? [],
      deployments: deploymentsOf(row?.deployments ?? null),
      holders: here,
      inner: innerPaths(here),
    })
  }
  return {
    holders: new Map(holders.map((holder) => [holder.ref, holder])),
    grounds,
    aliases: new Map(rows.flatMap((row) => row.aliases.map((alias) => [alias, row.ref] as const))),
  }
}

/** A namespace with repositories of its own keeps to them; all others share those of `default`. */
function repositoryOf(row: Row, keepTheirOwn: ReadonlySet<string>): Ref | null {
  if (row.repository === null || row.repository.includes(':')) return row.repository
  const namespace = keepTheirOwn.has(refNamespace(row.ref)) ? refNamespace(row.ref) : DEFAULT_NAMESPACE
  return `repository:${namespace}/${row.repository}`
}
