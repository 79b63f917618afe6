import { DAY, formatInstant } from '../../core/index.ts'
import type { MeasureDefinition } from '../measures.ts'
import type { SeriesAnswer, SeriesQuestion, TooFew } from '../time/index.ts'
import type { MeasuredSeries } from '../measured-series.ts'
import type { Change, SeriesView } from './shape.ts'
import { bucketsAfter, STEPS } from './step.ts'

/** The question a measured series puts to statistics. */
export function questionOf(
  { values, step, definition }: Pick<MeasuredSeries, 'values' | 'step' | 'definition'>,
  { ahead, level }: { ahead?: number; level: number },
): SeriesQuestion {
  const known = values.filter((value) => value !== null)
  const low = known.every((value) => value >= 0) ? { low: 0 } : {}
  const high = definition.unit === 'ratio' && known.every((value) => value <= 1) ? { high: 1 } : {}
  return { values, period: periodOf(step, known.length), ...(ahead ? { ahead } : {}), level, bounds: { ...low, ...high } }
}

/** Years of months that a rhythm of the year takes. */
const YEARS = 5

function periodOf(step: MeasuredSeries['step'], known: number): number {
  const { period } = STEPS[step]
  return step === 'month' && known < YEARS * period ? 1 : period
}

/** A series with what statistics found in it, in moments instead of places. */
export function viewOf(series: MeasuredSeries, answer: SeriesAnswer): SeriesView {
  const { reading, definition, points, pointIs, step, bucket, zone } = series
  const { value: _value, quantiles: _quantiles, interval: _interval, bucket: _bucket, ...told } = reading
  return {
    ...told,
    ...definition,
    zone,
    bucket,
    points: points.map(({ at, to, value, n, low, high, quantiles, partial }) => ({
      at: formatInstant(at),
      ...(bucket ? { to: formatInstant(to) } : {}),
      value,
      n,
      ...(low !== undefined && high !== undefined ? { low, high } : {}),
      ...(quantiles ? { quantiles } : {}),
      ...(partial ? { partial } : {}),
    })),
    ...(pointIs ? { pointIs } : {}),
    step,
    trend: trendOf(series, answer.trend),
    changes: changesOf(series, answer),
    ...forecastOf(series, answer.forecast),
    untold: answer.tooFew.map((few) => ({ part: few.part, ...whyOf(few, series) })),
  }
}

/** The changes of level in moments, oldest first. */
export function changesOf({ steps, definition }: Pick<MeasuredSeries, 'steps' | 'definition'>, { changes }: SeriesAnswer): Change[] {
  return changes.map(({ place, before, after, confidence, size }) => ({
    at: formatInstant(steps[place]!.from),
    before,
    after,
    confidence,
    size,
    ...effectOf(definition.better, after - before),
  }))
}

function effectOf(better: MeasureDefinition['better'], step: number): Pick<Change, 'effect'> {
  return better && step !== 0 ? { effect: step > 0 === (better === 'higher') ? 'better' : 'worse' } : {}
}

function trendOf({ values, steps, step }: MeasuredSeries, trend: SeriesAnswer['trend']): SeriesView['trend'] {
  if (!trend) return null
  const { days } = STEPS[step]
  const { low, high, level, n } = trend
  const first = trend.from + values.slice(trend.from).findIndex((value) => value !== null)
  const last = values.findLastIndex((value) => value !== null)
  return {
    perDay: trend.slope / days,
    low: low / days,
    high: high / days,
    level,
    direction: low > 0 ? 'rising' : high < 0 ? 'falling' : 'steady',
    from: { at: formatInstant(steps[first]!.from), value: trend.startsAt + (first - trend.from) * trend.slope },
    to: { at: formatInstant(steps[last]!.from), value: trend.endsAt },
    n,
  }
}

function forecastOf({ steps, values, step, offset, zone }: MeasuredSeries, forecast: SeriesAnswer['forecast']) {
  if (!forecast) return {}
  const last = steps[values.findLastIndex((value) => value !== null)]!
  const next = bucketsAfter(last.to, step, zone, forecast.points.length)
  return {
    forecast: forecast.points.map((point, index) => ({ at: formatInstant(next[index]!.from + offset), ...point, level: forecast.level })),
    backTest: forecast.backTest,
  }
}

const PARTS = { trend: 'a trend', changes: 'changes of level', forecast: 'a forecast' } as const

function whyOf({ part, known, needed }: TooFew, { step }: MeasuredSeries) {
  const steps = `${step}s`
  return {
    code: 'too_few_points',
    why: `${known} known ${known === 1 ? step : steps} ${known === 1 ? 'is' : 'are'} too few for ${PARTS[part]}: it takes ${needed}.`,
    fix:
      part === 'forecast'
        ? 'Look less far ahead, begin with an earlier day, or wait until there are more.'
        : 'Begin with an earlier day, choose a shorter bucket, or wait until there are more.',
  }
}

/** A span of days in steps, at least one. */
export function stepsIn(seconds: number, step: MeasuredSeries['step']): number {
  return Math.max(1, Math.round((seconds * 1_000) / DAY / STEPS[step].days))
}
