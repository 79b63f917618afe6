import * as z from 'zod'
import { type Claim, formatDay, Reading } from '../../../ground/core/index.ts'
import type { Calibration } from '../../../ground/measures/index.ts'
import { LEAST_TO_TELL } from '../decide/forecast.ts'
import type { JudgedForecast, ToldBin } from '../store/forecasts.ts'
import { claim, fromEntity } from './claims.ts'

/** One forecast with what became of it. */
export const ForecastRow = z.object({
  ref: z.string(),
  title: z.string(),
  measure: z.string(),
  subject: z.string(),
  /** What was expected, and what was read where its day has passed. */
  rule: z.string(),
  by: z.string(),
  probability: z.number(),
  state: z.enum(['open', 'came_true', 'did_not', 'unknown']),
  /** It was changed after its day, and counts as it stood then. */
  changed: z.boolean(),
  /** Why it is not scored, though its day may have passed. */
  notScored: z.enum(['not_taken', 'superseded_first', 'written_afterwards']).optional(),
  reading: Reading.nullable(),
})
type ForecastRow = z.infer<typeof ForecastRow>

const Range = z.object({ low: z.number(), high: z.number(), level: z.number() })

/** How often forecasts of the organisation came true; never of persons. */
export const CalibrationView = z.object({
  /** Forecasts scored. */
  n: z.number().int(),
  /** Mean squared error: 0 best, 0.25 for who always says a half. */
  brier: z.number(),
  /** What always saying the share that came true would have scored. */
  brierOfBase: z.number(),
  bins: z.array(z.object({ around: z.number(), stated: z.number(), n: z.number().int(), share: z.number(), interval: Range })),
  overconfidence: Range.extend({ value: z.number(), confidence: z.number(), right: z.number() }),
})

export const ForecastsView = z.object({
  scope: z.string(),
  at: z.string(),
  asOf: z.string(),
  /** The answer in a sentence. */
  answer: z.string(),
  counts: z.object({ scored: z.number().int(), open: z.number().int(), unknown: z.number().int(), notScored: z.number().int() }),
  /** Null while nothing is scored. */
  calibration: CalibrationView.nullable(),
  forecasts: z.array(ForecastRow),
})

export function forecastRow({ ref, title, forecast, changed, reading, notScored, state, rule }: JudgedForecast): ForecastRow {
  return {
    ref,
    title,
    measure: forecast.measure,
    subject: forecast.subject,
    rule,
    by: formatDay(forecast.by - 1),
    probability: forecast.probability,
    state,
    changed,
    ...(notScored ? { notScored } : {}),
    reading,
  }
}

export function forecastCounts(forecasts: readonly JudgedForecast[], scored: number): z.infer<typeof ForecastsView>['counts'] {
  const notScored = forecasts.filter((one) => one.notScored).length
  const of = (state: JudgedForecast['state']) => forecasts.filter((one) => !one.notScored && one.state === state).length
  return { scored, open: of('open'), unknown: of('unknown'), notScored }
}

/** "We were right 56 % of the time where we were 80 % sure (n = 43): surer than right." */
export function calibrationAnswer(found: Calibration | null, forecasts: number): string {
  if (forecasts === 0) return 'Nothing is forecast yet, so nothing is learned about how often we are right.'
  if (!found) return 'No forecast has come due with a known outcome yet.'
  const { value, low, high, confidence, right } = found.overconfidence
  const figures = `On average we were ${percent(confidence)} sure and right ${percent(right)} of the time (n = ${found.n})`
  if (found.n < LEAST_TO_TELL) return `${figures}: too few to tell chance from habit; ${LEAST_TO_TELL} would.`
  if (low > 0) return `${figures}: surer than right, by ${percent(value)} (95 %: ${percent(low)} to ${percent(high)}).`
  if (high < 0) return `${figures}: more often right than sure, by ${percent(-value)}.`
  return `${figures}: no difference beyond chance.`
}

/** "What we call 80 % sure came true 56 % of the time (n = 43; 95 %: 41 % to 70 %)."; the tenth most was forecast in. */
export function calibrationClaims(bins: readonly ToldBin[]): Claim[] {
  const [most] = bins.toSorted((a, b) => b.n - a.n)
  const [first, ...rest] = most?.behind.slice(0, 5).map(({ ref, title }) => fromEntity(ref, title)) ?? []
  if (!most || !first) return []
  const { around, share, n, interval } = most
  const range = `${percent(interval.level)}: ${percent(interval.low)} to ${percent(interval.high)}`
  return [claim(`What we call ${percent(around)} sure came true ${percent(share)} of the time (n = ${n}; ${range}).`, first, ...rest)]
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
