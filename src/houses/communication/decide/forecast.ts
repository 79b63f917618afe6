import { formatDay, formatQuantity, type Instant, type Reading } from '../../../ground/core/index.ts'
import {
  type ExpectationIntent,
  keeps,
  limitOf,
  limitWords,
  measureWords,
  type MeasureWords,
  valueOf,
  whyWords,
} from '../../vision/index.ts'

/** Fewest forecasts of about one probability from which a share is told as the organisation's own. */
export const LEAST_TO_TELL = 20

/** What became of a forecast. */
export interface ForecastVerdict {
  state: 'open' | 'came_true' | 'did_not' | 'unknown'
  /** What was expected, in words, and what was read where its day has passed. */
  rule: string
}

/**
 * Whether what was expected came true by its day.
 * @param reading of the four weeks that ended with the day; null while the day has not passed
 */
export function judgeForecast(stated: ExpectationIntent, measure: MeasureWords | null, reading: Reading | null): ForecastVerdict {
  const what = measureWords(measure, stated.measure, stated.quantile)
  if (!reading)
    return { state: 'open', rule: `${what} at ${stated.atMost === undefined ? 'least' : 'most'} ${stated.atMost ?? stated.atLeast}` }
  const limit = limitOf(stated, reading.unit)
  if (!limit.ok) return { state: 'unknown', rule: `${what}: ${limit.problems[0]!.message}` }
  if (!limit.value) return { state: 'unknown', rule: `${what}: no limit is stated` }
  const rule = `${what} ${limitWords(limit.value, reading.unit)}`
  const value = valueOf(reading, stated.quantile)
  if (value === null) return { state: 'unknown', rule: `${rule}: ${whyWords(reading.unknown)}` }
  const then = `${formatQuantity(value, reading.unit)} (n = ${reading.n})`
  return { state: keeps(limit.value, value) ? 'came_true' : 'did_not', rule: `${rule}; was ${then}` }
}

/** What a record said by then: its versions oldest first, each with what it expected. */
export interface Version {
  at: Instant
  expects: readonly ExpectationIntent[]
}

/**
 * A forecast as it stood when its day came, so that nobody is right afterwards. A record that came here later counts as it
 * first came; one that was known and did not say it yet forecast nothing.
 * @returns null where it was written into a record after its day
 */
export function asItStood(
  forecast: ExpectationIntent,
  versions: readonly Version[],
): { forecast: ExpectationIntent; changed: boolean } | null {
  const stood = versions.findLast(({ at }) => at <= forecast.by) ?? versions[0]
  if (!stood) return { forecast, changed: false }
  const then =
    stood.expects.find((one) => JSON.stringify(one) === JSON.stringify(forecast)) ??
    stood.expects.find(
      (one) => one.measure === forecast.measure && one.subject === forecast.subject && formatDay(one.by) === formatDay(forecast.by),
    )
  if (!then) return null
  return { forecast: then, changed: JSON.stringify(then) !== JSON.stringify(forecast) }
}
