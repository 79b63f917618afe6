import type { Ref } from '../../../ground/core/index.ts'
import type { DecisionIntent } from '../intent/decision.ts'

/** Where a component's files lie. */
export interface Place {
  ref: Ref
  repository?: Ref
  /** Folder inside the repository; all of it when absent. */
  path?: string
}

/**
 * The places a path belongs to: those with the longest folder that holds it. Several only when several repositories
 * have one equally deep and none was named.
 */
export function placesOf(path: string, places: readonly Place[], repository?: Ref): Place[] {
  const wanted = path.replace(/^\.?\/+/, '').replace(/\/+$/, '')
  const holding = places.filter(
    (place) =>
      (!repository || place.repository === repository) && (!place.path || wanted === place.path || wanted.startsWith(`${place.path}/`)),
  )
  const deepest = Math.max(0, ...holding.map((place) => place.path?.length ?? 0))
  return holding.filter((place) => (place.path?.length ?? 0) === deepest)
}

/** Whether and why a decision binds things; null when it does not. Only decisions in force or proposed can. */
export function bindsBecause(decision: DecisionIntent, names: ReadonlySet<string>, logs: ReadonlySet<string>): string | null {
  if (decision.status !== 'accepted' && decision.status !== 'proposed') return null
  const affected = decision.affects.find((ref) => names.has(ref))
  if (affected) return `it affects ${affected}`
  const log = decision.ref.slice(decision.ref.indexOf(':') + 1, decision.ref.indexOf('/'))
  return decision.affects.length === 0 && logs.has(log) ? `it stands in the decision log of ${log}` : null
}
