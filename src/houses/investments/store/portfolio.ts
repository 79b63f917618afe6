import { type Ref, Refusal, toRef } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type Moment, stamp } from '../../vision/index.ts'
import { candidatesOf, isOpen } from '../decide/candidates.ts'
import { type Choice, chosenShares, type Floor, pickedInOrder, type PortfolioProblem, RANKINGS } from '../decide/portfolio/index.ts'
import type { OutcomeGap } from '../decide/worth.ts'
import { chosenFor, drawsOf } from '../solver/index.ts'
import { investmentView, rankingFor } from '../tell/investment-view.ts'
import type { PortfolioView } from '../tell/portfolio-view.ts'
import { portfolioHeadline } from '../tell/words.ts'
import { gapsOf, outcomesIn } from './gaps.ts'
import { weighed } from './investments.ts'

export interface PortfolioAsk {
  peopleWeeks?: number
  money?: number
  currency?: string
  /** Outcomes with people-weeks; null: one investment at least. */
  floors: readonly { outcome: string; amount: number | null }[]
  weights: readonly { outcome: string; amount: number | null }[]
  resamples: number
  /** Whether the answer waits for all resamples, or tells how far they are. */
  wait: boolean
}

/** The best choice of what is open within limits, what else could be chosen, and how sure the choice is. */
export async function portfolio(ask: PortfolioAsk, moment: Moment, context: Ground): Promise<PortfolioView> {
  const { investments, gaps: served, worths } = await weighed(moment, context)
  const { candidates, leftOut, currency } = candidatesOf(investments, worths, ask.currency)
  const floors = ask.floors.map((floor): Floor => ({
    outcome: outcomeOf(floor.outcome, moment, 'floor'),
    ...(floor.amount === null ? {} : { peopleWeeks: floor.amount }),
  }))
  const weights = new Map(ask.weights.map(({ outcome, amount }) => [outcomeOf(outcome, moment, 'weight'), amount ?? 1]))
  const gaps = await withNamed(served, [...floors.map(({ outcome }) => outcome), ...weights.keys()], moment, context)
  const problem: PortfolioProblem = {
    candidates,
    outcomes: [...gaps.keys()].sort().map((ref) => ({ ref, weight: weights.get(ref) ?? 1 })),
    limits: {
      ...(ask.peopleWeeks === undefined ? {} : { peopleWeeks: ask.peopleWeeks }),
      ...(ask.money === undefined ? {} : { money: ask.money }),
    },
    floors,
  }
  const chosen = await chosenFor(problem)
  const tally = await drawsOf(problem, chosen.feasible ? ask.resamples : 0, ask.wait)
  const best = chosen.feasible ? chosen.best : null
  const weighing = (ref: Ref) => ({ gaps, worth: worths.get(ref)!, at: moment.at, weights })
  const rankings = investments.map((investment) => ({ ref: investment.ref, ...rankingFor(investment, weighing(investment.ref)) }))
  const lists = RANKINGS.map((by) => ({ by, ...pickedInOrder(problem, rankings, by) })).filter((list) => list.chosen.length > 0)
  return {
    ...stamp(moment),
    headline: portfolioHeadline(chosen, { candidates: candidates.length, gaps, currency }),
    limits: { peopleWeeks: ask.peopleWeeks ?? null, money: ask.money ?? null, currency },
    floors: floors.map(({ outcome, peopleWeeks = null }) => ({ outcome, peopleWeeks })),
    feasible: chosen.feasible,
    chosen: best?.chosen ?? [],
    value: best?.value ?? null,
    peopleWeeks: best?.peopleWeeks ?? null,
    money: best?.money ?? null,
    outcomes: problem.outcomes.map(({ ref, weight }) => outcomeView(gaps.get(ref)!, weight, best, problem)),
    alternatives: best
      ? [
          ...(chosen.feasible ? chosen.next : []).map((choice) => ({ by: 'next_best' as const, ...choice, keepsFloors: true })),
          ...lists,
        ].map(({ closed: _closed, ...choice }) => ({
          ...choice,
          adds: choice.chosen.filter((ref) => !best.chosen.includes(ref)),
          drops: best.chosen.filter((ref) => !choice.chosen.includes(ref)),
        }))
      : [],
    inTheWay: chosen.feasible ? [] : chosen.inTheWay,
    chosenShare: chosenShares(problem, tally),
    resamples: { asked: chosen.feasible && candidates.length > 0 ? ask.resamples : 0, done: tally.done, infeasible: tally.infeasible },
    investments: investments.filter(isOpen).map((investment) => investmentView(investment, weighing(investment.ref))),
    leftOut,
    most: {
      peopleWeeks: candidates.reduce((sum, { peopleWeeks }) => sum + peopleWeeks, 0),
      money: candidates.reduce((sum, { money }) => sum + money, 0),
    },
  }
}

function outcomeView(
  { ref, title, unknown }: OutcomeGap,
  weight: number,
  best: Choice | null,
  { candidates }: PortfolioProblem,
): PortfolioView['outcomes'][number] {
  const working = candidates.filter((one) => best?.chosen.includes(one.ref) && one.serves.includes(ref))
  const peopleWeeks = working.reduce((sum, one) => sum + one.peopleWeeks / one.serves.length, 0)
  return { ref, title, weight, closed: best?.closed[ref] ?? 0, peopleWeeks, unknown }
}

/** Outcomes that no investment serves yet, where a floor or weight names them; one that does not exist is refused. */
async function withNamed(
  served: ReadonlyMap<Ref, OutcomeGap>,
  named: readonly Ref[],
  moment: Moment,
  context: Ground,
): Promise<Map<Ref, OutcomeGap>> {
  const missing = named.filter((ref) => !served.has(ref))
  const found = await gapsOf(missing, moment, context)
  const strange = missing.find((ref) => !found.has(ref))
  if (strange) {
    const known = await outcomesIn(moment, context)
    throw new Refusal('portfolio.unknown_outcome', `${strange} is not an outcome known here`, {
      fix: known.length > 0 ? `Known are ${known.slice(0, 10).join(', ')}.` : 'No outcome is written down in this namespace.',
      path: 'floor',
    })
  }
  return new Map([...served, ...found])
}

function outcomeOf(text: string, { scope }: Moment, path: string): Ref {
  const read = toRef(text, { kind: 'outcome', namespace: scope })
  if (read.ok) return read.value
  throw new Refusal('portfolio.bad_outcome', read.problems[0]!.message, { fix: read.problems[0]!.fix, path })
}
