import { DAY, type Instant, type Reading, WEEK } from '../../../ground/core/index.ts'
import type { Quantile } from '../intent/fields.ts'
import { valueOf } from './value.ts'

/** One known value in time. */
export interface Point {
  at: Instant
  value: number
  /** Records behind it. */
  n: number
}

/** A straight line through points that a few outliers cannot bend. */
export interface Trend {
  /** Change of the value in a week. */
  perWeek: number
  /** Where the slope lies, given how the points scatter. */
  perWeekLow: number
  perWeekHigh: number
  /** Middle of the time the points cover. */
  centre: Instant
  /** Height of the line at a moment. */
  levelAt(at: Instant): number
  /** Distances of the points from the line, ascending. */
  residuals: number[]
  /** Points it rests on. */
  n: number
}

/** Shortest piece of a week that speaks for itself; the cut ones at both ends of a series do not. */
const SHORTEST_PIECE = 4 * DAY

/** The known values of a bucketed series, each in the middle of its bucket. */
export function pointsOf(series: readonly Reading[], quantile?: Quantile): Point[] {
  return series.flatMap((reading) => {
    const value = valueOf(reading, quantile)
    const from = Date.parse(reading.window.from)
    const to = Date.parse(reading.window.to)
    return value === null || to - from < SHORTEST_PIECE ? [] : [{ at: (from + to) / 2, value, n: reading.n }]
  })
}

/** Standard normal quantile of the 80 % two-sided level. */
const Z80 = 1.2816

/**
 * Theil–Sen line: the slope is the median of the slopes of all pairs of points, with Sen's interval at 80 %
 * (P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", 1968).
 * @returns null below two points
 */
export function trendOf(points: readonly Point[]): Trend | null {
  if (points.length < 2) return null
  const origin = points[0]!.at
  const weeks = (at: Instant) => (at - origin) / WEEK
  const slopes: number[] = []
  for (let later = 1; later < points.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      const span = weeks(points[later]!.at) - weeks(points[earlier]!.at)
      if (span > 0) slopes.push((points[later]!.value - points[earlier]!.value) / span)
    }
  }
  if (slopes.length === 0) return null
  slopes.sort(ascending)
  const perWeek = middle(slopes)
  const height = middle(points.map((point) => point.value - perWeek * weeks(point.at)).sort(ascending))
  const levelAt = (at: Instant) => height + perWeek * weeks(at)
  const n = points.length
  const reach = Z80 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)
  const rank = (position: number) => slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(position)))]!
  return {
    perWeek,
    perWeekLow: rank((slopes.length - reach) / 2 - 1),
    perWeekHigh: rank((slopes.length + reach) / 2),
    centre: (points[0]!.at + points[n - 1]!.at) / 2,
    levelAt,
    residuals: points.map((point) => point.value - levelAt(point.at)).sort(ascending),
    n,
  }
}

/** Interpolated quantile of ascending values. */
export function quantileOf(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1)
  const below = Math.floor(position)
  const above = Math.ceil(position)
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (position - below)
}

function middle(sorted: readonly number[]): number {
  return quantileOf(sorted, 0.5)
}

function ascending(a: number, b: number): number {
  return a - b
}
