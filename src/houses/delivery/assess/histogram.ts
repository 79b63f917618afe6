import { DAY, HOUR, SECOND, WEEK } from '../../../ground/core/index.ts'

/** Values from `from` up to, not including, `to`; the last bin has no end. */
export interface Bin {
  from: number
  to: number | null
  count: number
}

/** Borders people think in, in seconds: an hour, half a day, a day, …, two months. */
const BORDERS = [0, HOUR, 4 * HOUR, 12 * HOUR, DAY, 2 * DAY, 4 * DAY, WEEK, 2 * WEEK, 4 * WEEK, 8 * WEEK].map((time) => time / SECOND)

/** How durations are spread, over bins that grow with them. */
export function durationHistogram(seconds: readonly number[]): Bin[] {
  const bins = BORDERS.map((from, index): Bin => ({ from, to: BORDERS[index + 1] ?? null, count: 0 }))
  for (const value of seconds) bins.findLast(({ from }) => value >= from)!.count += 1
  return bins
}
