import { HOUR, type Instant, type Ref } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { componentsOf } from '../components.ts'
import { callsIn } from '../store/read.ts'
import { dependentsOf } from './map.ts'

/** What many services depend on. */
export interface Common {
  ref: string
  /** How many of them depend on it, directly or through others, or are it. */
  covers: number
}

/** Fewer than these are no storm. */
const LEAST = 3
/** Hours that calls are looked for in. */
const HOURS = 24

/**
 * What more than half of some services depend on: the one that most do; of several one of themselves, else the nearest. Where
 * to look first, and no verdict: what depends on what says nothing of causes.
 */
export function commonTo(services: ReadonlySet<string>, edges: readonly { caller: string; callee: string }[]): Common | null {
  if (services.size < LEAST) return null
  const dependents = dependentsOf(edges)
  const [most] = [...new Set(edges.map(({ callee }) => callee))]
    .map((ref) => {
      const above = dependents(ref)
      const covers = [...services].filter((service) => service === ref || above.has(service)).length
      return { ref, covers, own: Number(services.has(ref)), others: above.size }
    })
    .filter(({ covers }) => covers >= LEAST && covers * 2 > services.size)
    .sort((a, b) => b.covers - a.covers || b.own - a.own || a.others - b.others || (a.ref < b.ref ? -1 : 1))
  return most ? { ref: most.ref, covers: most.covers } : null
}

/** The same by the calls of the last day and what is declared. */
export async function commonDependency(
  services: ReadonlySet<Ref>,
  at: Instant,
  ground: Pick<Ground, 'store' | 'catalog'>,
): Promise<Common | null> {
  if (services.size < LEAST) return null
  const { declared } = await componentsOf(ground, undefined)
  const seen = await callsIn(ground.store, { from: at - HOURS * HOUR, to: at })
  return commonTo(services, [...seen, ...declared.map(({ from, to }) => ({ caller: from, callee: to }))])
}
