import { type Change, changesOf, fewestForChanges } from './changes.ts'
import { type Forecast, fewestForForecast, forecast, type Goal } from './forecast.ts'
import type { Grid } from './grid.ts'
import { FEWEST_FOR_TREND, trendOf } from './trend.ts'

/** One series to be looked at. Plain data: it may go to another thread and back. */
export interface SeriesQuestion {
  values: Grid
  /** Steps of the rhythm: 7 for days of a week, 12 for months of a year, 1 for none. */
  period: number
  /** Steps to foretell; none when left out. */
  ahead?: number
  /** Share of forecast intervals that shall hold. */
  level: number
  /** A value of which it is asked how likely the last step reaches it. */
  goal?: Goal
  /** Set where only changes of level are asked for. */
  changesOnly?: true
  /** What no value can pass: 0 for what is never negative, 1 for shares. */
  bounds?: { low?: number; high?: number }
}

/** What could not be told, and from how many known values on it can. */
export interface TooFew {
  part: 'trend' | 'changes' | 'forecast'
  known: number
  needed: number
}

export interface SeriesAnswer {
  /** Straight way of the present level: since the last change. */
  trend: { from: number; slope: number; low: number; high: number; level: number; n: number; startsAt: number; endsAt: number } | null
  changes: Change[]
  forecast: Forecast | null
  tooFew: TooFew[]
}

/** Confidence of the interval of a trend. */
const TREND_LEVEL = 0.95

/** Trend, changes of level and forecast of one series. Pure. */
export function analyse({ values, period, ahead, level, goal, changesOnly, bounds = {} }: SeriesQuestion): SeriesAnswer {
  const known = values.filter((value) => value !== null).length
  const changes = changesOf(values, period)
  const from = changes?.at(-1)?.place ?? 0
  const since = values.slice(from)
  const trend = changesOnly ? null : trendOf(since, period, TREND_LEVEL)
  const told = ahead ? forecast(values, { period, ahead, level, ...(goal ? { goal } : {}) }) : null
  const few = (part: TooFew['part'], needed: number, own = known) => ({ part, known: own, needed })
  return {
    trend: trend && {
      from,
      slope: trend.slope,
      ...trend.interval,
      n: trend.n,
      startsAt: trend.heightAt(0),
      endsAt: trend.heightAt(since.findLastIndex((value) => value !== null)),
    },
    changes: changes ?? [],
    forecast: told && { ...told, points: told.points.map((point) => within(point, bounds)) },
    tooFew: [
      ...(trend || changesOnly ? [] : [few('trend', FEWEST_FOR_TREND, since.filter((value) => value !== null).length)]),
      ...(changes ? [] : [few('changes', fewestForChanges(period))]),
      ...(ahead && !told ? [few('forecast', fewestForForecast(period, ahead))] : []),
    ],
  }
}

function within(point: Forecast['points'][number], { low = -Infinity, high = Infinity }: NonNullable<SeriesQuestion['bounds']>) {
  const held = (value: number) => Math.min(high, Math.max(low, value))
  return { value: held(point.value), low: held(point.low), high: held(point.high) }
}
