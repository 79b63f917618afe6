import type { Ref } from '../../../ground/core/index.ts'
import type { DecisionIntent, LimitIntent } from '../intent/index.ts'
import { limitOf } from './limit.ts'

/** A hole in what a decision says of itself. */
export interface DecisionGap {
  ref: Ref
  message: string
  fix: string
}

const FIELDS = { assumptions: 'rests on', tripwires: 'has a tripwire on', expects: 'expects something of' } as const

/**
 * Limits that nobody can watch: on a measure that nothing answers any more, or in another unit than its measure.
 * @param units of the measures that can be read, by id
 */
export function unwatchable(decisions: readonly DecisionIntent[], units: ReadonlyMap<string, string>): DecisionGap[] {
  return decisions.flatMap((decision) =>
    Object.entries(FIELDS).flatMap(([field, words]) =>
      decision[field as keyof typeof FIELDS].flatMap((limit: LimitIntent): DecisionGap[] => {
        const unit = units.get(limit.measure)
        if (unit === undefined)
          return [
            {
              ref: decision.ref,
              message: `"${decision.title}" ${words} ${limit.measure}, which nothing answers`,
              fix: `Send measurements of that name, or name another measure under spec.${field}.`,
            },
          ]
        const read = limitOf(limit, unit)
        if (read.ok) return []
        return [
          {
            ref: decision.ref,
            message: `"${decision.title}" ${words} ${limit.measure}, but ${read.problems[0]!.message}`,
            fix: read.problems[0]!.fix ?? `Write the limit in ${unit}.`,
          },
        ]
      }),
    ),
  )
}

/** Decisions that replace each other in a circle; each circle is told once, of the decision whose name comes first. */
export function supersedingCircles(decisions: readonly DecisionIntent[]): DecisionGap[] {
  const newer = new Map(decisions.map(({ ref, supersededBy }) => [ref, supersededBy]))
  const told = new Set<Ref>()
  return decisions
    .toSorted((a, b) => (a.ref < b.ref ? -1 : 1))
    .flatMap(({ ref, title }) => {
      const circle = told.has(ref) ? null : circleFrom(ref, newer)
      if (!circle) return []
      for (const one of circle) told.add(one)
      return [
        {
          ref,
          message: `"${title}" replaces itself in a circle: ${[...circle, ref].join(' → ')}`,
          fix: 'Take one of these statements back, or write a new decision that supersedes them all.',
        },
      ]
    })
}

/** The way along what replaced what that leads back to its beginning, breadth first; null where none does. */
function circleFrom(ref: Ref, newer: ReadonlyMap<Ref, readonly Ref[]>): Ref[] | null {
  const cameFrom = new Map<Ref, Ref | null>([[ref, null]])
  for (let frontier = [ref]; frontier.length > 0;) {
    const next: Ref[] = []
    for (const at of frontier) {
      for (const further of newer.get(at) ?? []) {
        if (further === ref) return wayTo(at, cameFrom)
        if (cameFrom.has(further)) continue
        cameFrom.set(further, at)
        next.push(further)
      }
    }
    frontier = next
  }
  return null
}

function wayTo(end: Ref, cameFrom: ReadonlyMap<Ref, Ref | null>): Ref[] {
  const way: Ref[] = []
  for (let at: Ref | null | undefined = end; at; at = cameFrom.get(at)) way.unshift(at)
  return way
}
