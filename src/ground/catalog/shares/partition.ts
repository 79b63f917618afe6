import type { Ref } from '../../core/index.ts'
import type { SubjectShare } from '../catalog.ts'

/** A component or other entity with evidence of its own, its repository resolved. */
export interface Holder {
  ref: Ref
  aliases: readonly Ref[]
  repository: Ref | null
  path: string | null
  deployments: SubjectShare['deployments'] | null
}

/** A repository, declared or not, with everything that says it lives in it. */
export interface Ground {
  ref: Ref
  aliases: readonly Ref[]
  deployments: SubjectShare['deployments'] | null
  holders: readonly Holder[]
  /** Paths of its residents by the paths they lie below, the root as ''. */
  inner: ReadonlyMap<string, readonly string[]>
}

/** For every path, which other paths lie below it. */
export function innerPaths(holders: readonly Holder[]): Map<string, string[]> {
  const paths = new Set(holders.flatMap(({ path }) => path ?? []))
  const inner = new Map<string, string[]>()
  for (const path of paths) {
    for (const above of ancestorsOf(path)) if (above === '' || paths.has(above)) inner.set(above, [...(inner.get(above) ?? []), path])
  }
  return inner
}

/** The folders a path lies in, the root as ''. */
export function ancestorsOf(path: string): string[] {
  const steps = path.split('/')
  return steps.map((_, index) => steps.slice(0, index).join('/'))
}

/** The share of one component: its path of the repository, or all of it. */
export function shareOf(holder: Holder, ground: Ground | undefined): SubjectShare {
  const own = [holder.ref, ...holder.aliases]
  if (!ground) return { ref: holder.ref, subjects: unique(own), deployments: holder.deployments ?? { by: 'events' } }
  const whole = holder.path === null
  return {
    ref: holder.ref,
    subjects: unique(whole ? [...own, ground.ref, ...ground.aliases] : own),
    repository: ground.ref,
    ...(whole ? {} : { path: holder.path! }),
    ...exceptOf(ground, holder.path),
    deployments: holder.deployments ?? ground.deployments ?? { by: 'tags' },
  }
}

/** The share of a whole repository: evidence of every component that covers all of it counts for it too. */
export function wholeOf(ground: Ground): SubjectShare {
  const covering = ground.holders.filter((holder) => holder.path === null)
  return {
    ref: ground.ref,
    subjects: unique([ground.ref, ...ground.aliases, ...covering.flatMap((holder) => [holder.ref, ...holder.aliases])]),
    repository: ground.ref,
    deployments: ground.deployments ?? (covering.length === 1 ? covering[0]!.deployments : null) ?? { by: 'tags' },
  }
}

/**
 * Shares that do not overlap: one a component with a path, and one for what is left of a repository, under the name
 * of the one component that covers it, or the repository's own where several do.
 * @param own whose shares are wanted; all that live there, and what nobody claims, when left out
 */
export function sharesIn(ground: Ground, own?: ReadonlySet<Ref>): SubjectShare[] {
  const wanted = ground.holders.filter((holder) => !own || own.has(holder.ref))
  const parts = wanted.filter((holder) => holder.path !== null).map((holder) => shareOf(holder, ground))
  const covering = wanted.filter((holder) => holder.path === null)
  if (covering.length === 1) return [...parts, shareOf(covering[0]!, ground)]
  if (covering.length === 0 && own) return parts
  return [...parts, { ...wholeOf({ ...ground, holders: covering }), ...exceptOf(ground, null) }]
}

function exceptOf({ inner }: Ground, path: string | null): { except?: string[] } {
  const below = inner.get(path ?? '')
  return below ? { except: [...below] } : {}
}

function unique(refs: readonly string[]): string[] {
  return [...new Set(refs)]
}
