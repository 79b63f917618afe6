import type { Ref } from '../../../../ground/core/index.ts'
import { chosenRoughly } from './choose.ts'
import type { Solve } from './model.ts'
import type { PortfolioProblem } from './problem.ts'

/** How often each was chosen when every input was off by its own draw. */
export interface Tally {
  done: number
  /** Draws in which the limits could not be kept; they count for nobody. */
  infeasible: number
  chosen: Record<Ref, number>
}

export const NOTHING_TRIED: Tally = { done: 0, infeasible: 0, chosen: {} }

/** Largest share by which an input is off, either way. */
const SPREAD = 0.5

/**
 * Makes the choice anew with every worth, effort and sum of money multiplied by its own draw from 0.5 to 1.5.
 * @param randomOf numbers in [0, 1), the same for the same draw, so that it is no matter who draws which
 */
export function resampled(
  problem: PortfolioProblem,
  draws: readonly number[],
  solve: Solve,
  randomOf: (draw: number) => () => number,
): Tally {
  const tally: Tally = { ...NOTHING_TRIED, chosen: {} }
  for (const draw of draws) {
    const chosen = chosenRoughly(varied(problem, randomOf(draw)), solve)
    tally.done++
    if (!chosen) tally.infeasible++
    for (const ref of chosen ?? []) tally.chosen[ref] = (tally.chosen[ref] ?? 0) + 1
  }
  return tally
}

/** Both tallies together. */
export function addTallies(a: Tally, b: Tally): Tally {
  const chosen = { ...a.chosen }
  for (const [ref, count] of Object.entries(b.chosen)) chosen[ref] = (chosen[ref] ?? 0) + count
  return { done: a.done + b.done, infeasible: a.infeasible + b.infeasible, chosen }
}

/** Share of the draws with a choice in which each candidate was chosen; empty where there was none. */
export function chosenShares({ candidates }: PortfolioProblem, { done, infeasible, chosen }: Tally): Record<Ref, number> {
  const answered = done - infeasible
  return answered === 0 ? {} : Object.fromEntries(candidates.map(({ ref }) => [ref, (chosen[ref] ?? 0) / answered]))
}

function varied(problem: PortfolioProblem, random: () => number): PortfolioProblem {
  const off = () => 1 - SPREAD + 2 * SPREAD * random()
  return {
    ...problem,
    candidates: problem.candidates.map((candidate) => {
      const [worth, peopleWeeks, money] = [off(), off(), off()]
      return {
        ...candidate,
        peopleWeeks: candidate.peopleWeeks * peopleWeeks,
        money: candidate.money * money,
        closes: Object.fromEntries(Object.entries(candidate.closes).map(([outcome, share]) => [outcome, share * worth])),
      }
    }),
  }
}
