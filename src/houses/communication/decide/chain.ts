import type { Ref } from '../../../ground/core/index.ts'
import type { DecisionIntent } from '../../vision/index.ts'

/** A decision in a chain of decisions that replaced each other. */
export interface ChainLink {
  ref: Ref
  title: string
  status: string
  date?: number
  /** Steps from the decision asked for: negative for what it replaced, positive for what replaced it. */
  distance: number
}

/** Everything that a decision replaced and that replaced it, oldest first. Circles are walked once. */
export function chainOf(ref: Ref, decisions: readonly DecisionIntent[]): ChainLink[] {
  const byRef = new Map(decisions.map((decision) => [decision.ref, decision]))
  const found = new Map<Ref, number>([[ref, 0]])
  walk(ref, -1, (decision) => decision.supersedes)
  walk(ref, 1, (decision) => decision.supersededBy)
  if (found.size === 1) return []
  return [...found]
    .map(([at, distance]): ChainLink => {
      const decision = byRef.get(at)
      return { ref: at, title: decision?.title ?? at, status: decision?.status ?? 'not stated', date: decision?.date, distance }
    })
    .sort((a, b) => a.distance - b.distance || (a.ref < b.ref ? -1 : 1))

  function walk(from: Ref, step: 1 | -1, next: (decision: DecisionIntent) => readonly Ref[]): void {
    let frontier = [from]
    for (let distance = step; frontier.length > 0; distance += step) {
      const further = frontier.flatMap((at) => [...(byRef.get(at) ? next(byRef.get(at)!) : [])]).filter((at) => !found.has(at))
      for (const at of further) found.set(at, distance)
      frontier = [...new Set(further)]
    }
  }
}
