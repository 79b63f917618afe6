import type { Ref } from '../../../../ground/core/index.ts'
import { modelOf, type Solve } from './model.ts'
import { closedBy, isAllowed, type Limit, limitsOf, type PortfolioProblem, worthOfChoice } from './problem.ts'

/** A set of investments with what it is worth and what it takes. */
export interface Choice {
  chosen: Ref[]
  value: number
  peopleWeeks: number
  money: number
  /** Share of each outcome's gap that is closed. */
  closed: Record<Ref, number>
}

/** A limit that stands in the way, and how far it would have to go if only it went. */
export interface Obstacle {
  limit: Limit['name']
  outcome?: Ref
  counts: 'peopleWeeks' | 'money' | 'investments'
  has: number
  /** What would do; for a floor the most there is. */
  needs: number
}

/** `alone`: each by itself would do. Otherwise all of them have to go so far together. */
export type Chosen = { feasible: true; best: Choice; next: Choice[] } | { feasible: false; alone: boolean; inTheWay: Obstacle[] }

/** Investments up to which the best is looked for to the last digit; beyond, a choice is told that is worth within 0.05 % of it. */
const FEW = 40
const EXACT = 1e-9
const CLOSE = 5e-4
const NEXT_WITHIN = 5e-3
const ROUGH = 0.03
/** A difference in worth that is none. */
const SAME = 1e-7

/**
 * The most worth within the limits, and the next best that leave something of it out.
 * @param alternatives how many next best ones are looked for
 */
export function choosePortfolio(problem: PortfolioProblem, solve: Solve, alternatives = 2): Chosen {
  if (problem.candidates.length === 0) return withoutCandidates(problem)
  const best = bestSet(problem, solve)
  if (!best) return { feasible: false, ...obstacles(problem, solve) }
  const found = [best]
  while (found.length <= alternatives) {
    const last = found.at(-1)!
    if (last.size === 0) break
    const other = chosenIn(problem, solve(modelOf(problem, { not: found }), problem.candidates.length <= FEW ? EXACT : NEXT_WITHIN))
    if (!other) break
    found.push(spared(problem, other))
  }
  return { feasible: true, best: choiceOf(problem, best), next: found.slice(1).map((chosen) => choiceOf(problem, chosen)) }
}

/** The set that is worth most, and of those worth the same the one with the least effort; null where the limits cannot be kept. */
export function bestSet(problem: PortfolioProblem, solve: Solve): ReadonlySet<Ref> | null {
  const few = problem.candidates.length <= FEW
  const chosen = chosenIn(problem, solve(modelOf(problem), few ? EXACT : CLOSE))
  if (!chosen || !few) return chosen && spared(problem, chosen)
  const same = chosenIn(problem, solve(modelOf(problem, { worthLeast: worthOfChoice(problem, chosen) - SAME }), EXACT))
  return spared(problem, same ?? chosen)
}

/** One resample: just the set, within 3 % of the best, since its inputs are off by far more. */
export function chosenRoughly(problem: PortfolioProblem, solve: Solve): ReadonlySet<Ref> | null {
  const chosen = chosenIn(problem, solve(modelOf(problem), ROUGH))
  return chosen && spared(problem, chosen)
}

/** What a set is worth and takes. */
export function choiceOf(problem: PortfolioProblem, chosen: ReadonlySet<Ref>): Choice {
  const picked = problem.candidates.filter(({ ref }) => chosen.has(ref))
  return {
    chosen: picked.map(({ ref }) => ref),
    value: worthOfChoice(problem, chosen),
    peopleWeeks: picked.reduce((sum, { peopleWeeks }) => sum + peopleWeeks, 0),
    money: picked.reduce((sum, { money }) => sum + money, 0),
    closed: closedBy(problem, chosen),
  }
}

function chosenIn({ candidates }: PortfolioProblem, columns: ReturnType<Solve>): Set<Ref> | null {
  return columns && new Set(candidates.filter((_, index) => columns[`x${index}`]! > 0.5).map(({ ref }) => ref))
}

/** Without what adds nothing: where gaps are closed already, a solver does not mind what it takes along. Dearest first. */
function spared(problem: PortfolioProblem, chosen: ReadonlySet<Ref>): Set<Ref> {
  const kept = new Set(chosen)
  const value = worthOfChoice(problem, kept)
  const dearest = problem.candidates.filter(({ ref }) => kept.has(ref)).sort((a, b) => b.peopleWeeks - a.peopleWeeks || b.money - a.money)
  for (const { ref } of dearest) {
    kept.delete(ref)
    if (worthOfChoice(problem, kept) < value - 1e-12 || !isAllowed(problem, kept)) kept.add(ref)
  }
  return kept
}

/** Which limits stand in the way: those that would do if they alone went, else the least that all of them have to go. */
function obstacles(problem: PortfolioProblem, solve: Solve): { alone: boolean; inTheWay: Obstacle[] } {
  const limits = limitsOf(problem)
  const bent = (bend: readonly number[]) => {
    const columns = solve(modelOf(problem, { bend }), EXACT)
    return columns ? bend.flatMap((at) => (columns[`s${at}`]! > 1e-6 ? [obstacle(limits[at]!, columns[`s${at}`]!)] : [])) : []
  }
  const alone = limits.flatMap((_, at) => bent([at]))
  return alone.length > 0 ? { alone: true, inTheWay: alone } : { alone: false, inTheWay: bent(limits.map((_, at) => at)) }
}

function obstacle({ name, floor, bound, sense }: Limit, by: number): Obstacle {
  const needs = Math.round((sense === 'atMost' ? bound + by : bound - by) * 1e6) / 1e6
  const counts = name !== 'floor' ? name : floor?.peopleWeeks === undefined ? 'investments' : 'peopleWeeks'
  return { limit: name, ...(floor ? { outcome: floor.outcome } : {}), counts, has: bound, needs: Math.max(0, needs) }
}

function withoutCandidates(problem: PortfolioProblem): Chosen {
  const missed = limitsOf(problem).filter(({ sense, bound }) => sense === 'atLeast' && bound > 0)
  if (missed.length > 0)
    return { feasible: false, alone: missed.length === 1, inTheWay: missed.map((limit) => obstacle(limit, limit.bound)) }
  return { feasible: true, best: choiceOf(problem, new Set()), next: [] }
}
