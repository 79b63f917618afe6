import type { Ref } from '../../../../ground/core/index.ts'

/** An investment that can be chosen, in numbers. */
export interface Candidate {
  ref: Ref
  peopleWeeks: number
  money: number
  /** Share of an outcome's gap that it is expected to close; below 0 it makes it wider. */
  closes: Readonly<Record<Ref, number>>
  serves: readonly Ref[]
  /** Others among the candidates that have to be chosen with it. */
  dependsOn: readonly Ref[]
  excludes: readonly Ref[]
}

/** What has to be put into an outcome at least: so many people-weeks, else one investment. */
export interface Floor {
  outcome: Ref
  peopleWeeks?: number
}

/** What to choose from, for what, within which limits. */
export interface PortfolioProblem {
  candidates: readonly Candidate[]
  outcomes: readonly { ref: Ref; weight: number }[]
  limits: { peopleWeeks?: number; money?: number }
  floors: readonly Floor[]
}

/** A limit as one row: what each candidate uses of it, and at most or at least how much may be used. */
export interface Limit {
  name: 'peopleWeeks' | 'money' | 'floor'
  floor?: Floor
  uses: readonly number[]
  bound: number
  sense: 'atMost' | 'atLeast'
}

/** All limits of a problem: people, money, then the floors as asked. */
export function limitsOf({ candidates, limits, floors }: PortfolioProblem): Limit[] {
  const most = (name: 'peopleWeeks' | 'money'): Limit[] =>
    limits[name] === undefined ? [] : [{ name, uses: candidates.map((candidate) => candidate[name]), bound: limits[name], sense: 'atMost' }]
  return [
    ...most('peopleWeeks'),
    ...most('money'),
    ...floors.map((floor): Limit => ({
      name: 'floor',
      floor,
      uses: candidates.map(({ serves, peopleWeeks }) =>
        serves.includes(floor.outcome) ? (floor.peopleWeeks === undefined ? 1 : peopleWeeks) : 0,
      ),
      bound: floor.peopleWeeks ?? 1,
      sense: 'atLeast',
    })),
  ]
}

/** Rounding that a limit of people-weeks or money is not held against. */
const SLACK = 1e-6

/** Whether a choice keeps every limit, needs nothing that is left out and holds nothing together that excludes each other. */
export function isAllowed(problem: PortfolioProblem, chosen: ReadonlySet<Ref>): boolean {
  const kept = limitsOf(problem).every(({ uses, bound, sense }) => {
    const used = problem.candidates.reduce((sum, { ref }, index) => sum + (chosen.has(ref) ? uses[index]! : 0), 0)
    return sense === 'atMost' ? used <= bound + SLACK : used >= bound - SLACK
  })
  return (
    kept &&
    problem.candidates.every(
      ({ ref, dependsOn, excludes }) =>
        !chosen.has(ref) || (dependsOn.every((needed) => chosen.has(needed)) && !excludes.some((other) => chosen.has(other))),
    )
  )
}

/** How far the gap of each outcome is closed by a choice; at most all of it. */
export function closedBy({ candidates, outcomes }: PortfolioProblem, chosen: ReadonlySet<Ref>): Record<Ref, number> {
  const picked = candidates.filter(({ ref }) => chosen.has(ref))
  return Object.fromEntries(
    outcomes.map(({ ref }) => [
      ref,
      Math.min(
        1,
        picked.reduce((sum, { closes }) => sum + (closes[ref] ?? 0), 0),
      ),
    ]),
  )
}

/** What a choice is worth: gaps closed, weighted. */
export function worthOfChoice(problem: PortfolioProblem, chosen: ReadonlySet<Ref>): number {
  const closed = closedBy(problem, chosen)
  return problem.outcomes.reduce((sum, { ref, weight }) => sum + weight * closed[ref]!, 0)
}
