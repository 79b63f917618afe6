import { type Instant, type Unit, type Unknown, WEEK } from '../../../ground/core/index.ts'
import { type Point, quantileOf, trendOf } from './trend.ts'

/** Fewest weeks with data from which a forecast is made. */
const FORECAST_WEEKS = 8

/** What a value will probably be at a moment, if things go on as they did. */
export interface Forecast {
  value: number
  low: number
  high: number
  /** Share of futures the interval should hold, 0.8. */
  level: number
  /** Weeks with data it rests on. */
  weeks: number
  /** Records behind those weeks. */
  n: number
}

/**
 * Continues the robust line of the weeks seen. The interval joins two doubts: how steep the line is (Sen's interval,
 * growing with the distance) and how far single weeks lie from it. Looks no further ahead than it can look back.
 */
export function forecastOf(
  points: readonly Point[],
  now: Instant,
  due: Instant,
  unit: Unit,
): { forecast: Forecast } | { unknown: Unknown } {
  if (points.length < FORECAST_WEEKS) {
    return {
      unknown: {
        code: 'short_history',
        why: `only ${weeks(points.length)} with data`,
        fix: `A forecast needs ${FORECAST_WEEKS} weeks with data: import older history, or wait.`,
      },
    }
  }
  const span = (points.at(-1)!.at - points[0]!.at) / WEEK
  const ahead = (due - now) / WEEK
  if (ahead > span) {
    return {
      unknown: {
        code: 'too_far_ahead',
        why: `the target is ${weeks(Math.ceil(ahead))} ahead and only ${weeks(Math.floor(span))} of history lie behind`,
        fix: 'A forecast looks no further ahead than back: import older history, or set a nearer target.',
      },
    }
  }
  const trend = trendOf(points)
  if (!trend) return { unknown: { code: 'short_history', why: 'all data lies in one week', fix: 'Import older history, or wait.' } }
  const value = trend.levelAt(due)
  const reach = (due - trend.centre) / WEEK
  const below = Math.hypot((trend.perWeek - trend.perWeekLow) * reach, quantileOf(trend.residuals, 0.1))
  const above = Math.hypot((trend.perWeekHigh - trend.perWeek) * reach, quantileOf(trend.residuals, 0.9))
  const possible = possibleIn(unit)
  return {
    forecast: {
      value: possible(value),
      low: possible(value - below),
      high: possible(value + above),
      level: 0.8,
      weeks: points.length,
      n: points.reduce((sum, point) => sum + point.n, 0),
    },
  }
}

/** Durations, counts, rates and sizes are never negative; shares never above one. Money may be anything. */
function possibleIn(unit: Unit): (value: number) => number {
  if (unit === 'ratio') return (value) => Math.min(1, Math.max(0, value))
  if (/^[A-Z]{3}$/.test(unit)) return (value) => value
  return (value) => Math.max(0, value)
}

function weeks(count: number): string {
  return count === 1 ? '1 week' : `${count} weeks`
}
