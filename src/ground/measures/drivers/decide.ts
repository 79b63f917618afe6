import { association, type Association, randomOf } from '../statistics/index.ts'
import { type Grain, GRAINS, lagsOf } from './grain.ts'

/** What is thought: that one measure moves another. */
export interface Belief {
  /** Which way; left open where nobody has said. */
  direction: 'same' | 'opposite' | null
  /** After how many days; left open where nobody has said. */
  lagDays: number | null
}

/** Believed: stated, and not to be tested. */
export type Verdict = 'believed' | 'supported' | 'refuted' | 'not_enough_data'

/** Why it is judged so; each has its sentence. */
export type Ground = 'moves_together' | 'moves_against' | 'moves_apart' | 'too_few' | 'too_unsure' | 'never_moves' | 'nothing_measured'

export interface Tested extends Association {
  grain: Grain
  /** Shortest and longest lag looked at, in days. */
  lagsDays: { from: number; to: number }
  lagDays: number
}

export interface Judged {
  verdict: Verdict
  ground: Ground
  /** Steps at which both are known. */
  n: number
  grain: Grain
  tested: Tested | null
  /** Steps it would take to tell, where that can be said. */
  needed: number | null
}

/** Chance of calling two measures tied that are not. */
export const ALPHA = 0.05
/** A correlation weaker than this explains less than a tenth of the moves: too little to steer by. */
export const SLIGHT = 0.3

/**
 * Holds a belief against two series at the same steps, NaN where nothing is known. Supported when they move together
 * more than chance explains, the way it was said; refuted when they move the other way, or when a tie worth steering by
 * would have shown and did not.
 * @param seed the same for the same question, so that its answer is the same
 */
export function judge(belief: Belief, later: Float64Array, earlier: Float64Array, grain: Grain, seed: string): Judged {
  const { days, fewest, period, reach, shortestBlock } = GRAINS[grain]
  const lags = lagsOf(grain, belief.lagDays)
  const pairs = pairsAt(later, earlier, lags[0]!)
  const untested = (verdict: Verdict, ground: Ground, needed: number | null): Judged => ({
    verdict,
    ground,
    n: pairs,
    grain,
    tested: null,
    needed,
  })
  if (!later.some(isKnown) || !earlier.some(isKnown)) return untested('believed', 'nothing_measured', fewest)
  if (pairs < fewest) return untested('not_enough_data', 'too_few', fewest)
  if (!moves(later) || !moves(earlier)) return untested('not_enough_data', 'never_moves', null)
  const found = association(later, earlier, { lags, period, reach, shortestBlock, random: randomOf(seed), level: 1 - ALPHA })
  if (!found) return untested('not_enough_data', 'too_few', null)
  const tested = { ...found, grain, lagDays: found.lag * days, lagsDays: { from: lags[0]! * days, to: lags.at(-1)! * days } }
  return { ...verdictOf(belief, tested), n: found.n, grain, tested }
}

function verdictOf({ direction }: Belief, tested: Association): Pick<Judged, 'verdict' | 'ground' | 'needed'> {
  const { correlation, range, p } = tested
  if (p <= ALPHA) {
    const asSaid = direction === null || correlation > 0 === (direction === 'same')
    return asSaid
      ? { verdict: 'supported', ground: 'moves_together', needed: null }
      : { verdict: 'refuted', ground: 'moves_against', needed: null }
  }
  const excluded = { same: range.high < SLIGHT, opposite: range.low > -SLIGHT }
  if (direction ? excluded[direction] : excluded.same && excluded.opposite)
    return { verdict: 'refuted', ground: 'moves_apart', needed: null }
  return { verdict: 'not_enough_data', ground: 'too_unsure', needed: neededFor(tested) }
}

/** Steps at which the interval would be narrow enough to tell a tie worth steering by from none. */
function neededFor({ correlation, interval, n }: Association): number | null {
  const width = Math.atanh(interval.high) - Math.atanh(correlation)
  const needed = Math.ceil(n * (width / Math.atanh(SLIGHT)) ** 2)
  return needed > n ? needed : null
}

function pairsAt(later: Float64Array, earlier: Float64Array, lag: number): number {
  return later.filter((value, at) => at >= lag && isKnown(value) && isKnown(earlier[at - lag]!)).length
}

function moves(values: Float64Array): boolean {
  return new Set(values.filter(isKnown)).size > 1
}

function isKnown(value: number): boolean {
  return !Number.isNaN(value)
}
