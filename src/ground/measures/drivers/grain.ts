import { type Bucket, bucketsOf, DAY, type Instant, type Window } from '../../core/index.ts'

/** Steps a driver is tested by. */
export type Grain = Extract<Bucket, 'day' | 'week'>

export interface GrainWords {
  days: number
  /** Steps of the rhythm. */
  period: number
  /** Steps the slow level is looked for on both sides. */
  reach: number
  /** Shortest piece shuffled: a week of days, four of weeks. */
  shortestBlock: number
  /** Steps known on both sides below which nothing is tested. */
  fewest: number
  /** Steps looked at around the stated lag, and the longest one where none is stated. */
  around: number
  longest: number
}

export const GRAINS: Record<Grain, GrainWords> = {
  day: { days: 1, period: 7, reach: 28, shortestBlock: 7, fewest: 84, around: 3, longest: 28 },
  week: { days: 7, period: 1, reach: 13, shortestBlock: 2, fewest: 26, around: 1, longest: 8 },
}

/** Weeks looked at unless told. */
const WEEKS = 52
/** Share of days on which both have to be known for them to be compared by the day. */
const DENSE = 0.6

/** Whole days up to the last midnight: an unfinished day is lower than the others and would look like a move. */
export function wholeDays({ from, to, at, zone }: { from?: Instant; to?: Instant; at: Instant; zone: string }): Window {
  const midnight = (moment: Instant) => bucketsOf({ from: moment - 2 * DAY, to: moment + 1 }, 'day', zone).at(-1)!.from
  const end = midnight(Math.min(to ?? at, at))
  return { from: from === undefined ? midnight(end - WEEKS * 7 * DAY) : midnight(from), to: end }
}

/** Whether both are known on enough days to be compared by the day; weeks otherwise. */
export function isDense(later: Float64Array, earlier: Float64Array): boolean {
  const pairs = later.filter((value, at) => !Number.isNaN(value) && !Number.isNaN(earlier[at]!)).length
  return pairs >= GRAINS.day.fewest && pairs >= DENSE * Math.min(knownSpan(later), knownSpan(earlier))
}

/** Steps from the first known to the last. */
function knownSpan(values: Float64Array): number {
  const first = values.findIndex((value) => !Number.isNaN(value))
  return first === -1 ? 0 : values.findLastIndex((value) => !Number.isNaN(value)) - first + 1
}

/** Lags to look at, in steps: around the stated one, or all up to a month or two. */
export function lagsOf(grain: Grain, lagDays: number | null): number[] {
  const { days, around, longest } = GRAINS[grain]
  const middle = lagDays === null ? null : Math.round(lagDays / days)
  const [low, high] = middle === null ? [0, longest] : [Math.max(0, middle - around), middle + around]
  return Array.from({ length: high - low + 1 }, (_, step) => low + step)
}
