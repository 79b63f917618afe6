import type { Ref } from '../../../../ground/core/index.ts'
import { type Choice, choiceOf } from './choose.ts'
import { isAllowed, type PortfolioProblem } from './problem.ts'

/** Rules that sort a list, as known in the field. */
export const RANKINGS = ['worthPerWeek', 'wsjf', 'rice'] as const
export type RankingRule = (typeof RANKINGS)[number]

/** An investment's figures by each rule; null where an input is not stated. */
export interface Ranking extends Record<RankingRule, number | null> {
  ref: Ref
}

export interface RankingInputs {
  ref: Ref
  peopleWeeks: number
  /** Weighted mean share of gaps closed; null where it is unknown. */
  worth: number | null
  /** Weeks until the nearest target it contributes to; null where none has a day. */
  weeksLeft: number | null
  reach?: number
  confidence?: number
}

/** Weeks of a person in a month: RICE counts effort in person-months. */
const WEEKS_A_MONTH = 52 / 12

/**
 * - `worthPerWeek`: expected worth ÷ people-weeks.
 * - `wsjf`: cost of delay ÷ job size (Reinertsen, Principles of Product Development Flow, 2009; SAFe, weighted shortest job
 *   first): a week's delay costs the worth ÷ weeks left to the target, at least one.
 * - `rice`: reach × impact × confidence ÷ effort in person-months (McBride, Intercom, 2016); impact is the worth.
 */
export function rankingOf({ ref, peopleWeeks, worth, weeksLeft, reach, confidence }: RankingInputs): Ranking {
  const effort = peopleWeeks > 0 ? peopleWeeks : null
  const known = worth !== null && effort !== null
  return {
    ref,
    worthPerWeek: known ? worth / effort : null,
    wsjf: known && weeksLeft !== null ? worth / Math.max(1, weeksLeft) / effort : null,
    rice: known && reach !== undefined && confidence !== undefined ? (reach * worth * confidence) / (effort / WEEKS_A_MONTH) : null,
  }
}

/** What a list sorted by a rule chooses: one after the other with what it needs, as long as nothing is exceeded. Floors it does not know. */
export function pickedInOrder(
  problem: PortfolioProblem,
  rankings: readonly Ranking[],
  rule: RankingRule,
): Choice & { keepsFloors: boolean } {
  const order = rankings.filter((ranking) => (ranking[rule] ?? 0) > 0).sort((a, b) => b[rule]! - a[rule]! || (a.ref < b.ref ? -1 : 1))
  const byRef = new Map(problem.candidates.map((candidate) => [candidate.ref, candidate]))
  const withoutFloors = { ...problem, floors: [] }
  let chosen: ReadonlySet<Ref> = new Set()
  for (const { ref } of order) {
    if (!byRef.has(ref)) continue
    const wished = new Set([...chosen, ref])
    for (const one of wished) for (const needed of byRef.get(one)!.dependsOn) wished.add(needed)
    if (isAllowed(withoutFloors, wished)) chosen = wished
  }
  return { ...choiceOf(problem, chosen), keepsFloors: isAllowed(problem, chosen) }
}
