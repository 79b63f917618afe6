import {
  DAY,
  dayWords,
  formatQuantity,
  type Instant,
  type Judgement,
  type JudgementState,
  parseQuantity,
  type Reading,
  type Unknown,
} from '../../../ground/core/index.ts'
import type { GuardrailIntent, OutcomeIntent } from '../intent/intents.ts'
import { type Direction, directionOf, progressOf, reaches } from './direction.ts'
import { type Forecast, forecastOf } from './forecast.ts'
import { type GuardrailVerdict, judgeGuardrail } from './guardrail.ts'
import { type Pace, paceOf, paceWords } from './pace.ts'
import { pointsOf } from './trend.ts'
import { measureWords, type MeasureWords, valueOf, whyWords } from './value.ts'

/** How long an outcome is watched after its date, so that a relapse reopens it: two windows of 28 days. */
const WATCH = 2 * 28 * DAY

/** Until a whole window of readings lies after the baseline, no course can be told. */
const TOO_EARLY = 28 * DAY

/** Everything an outcome is judged by. */
export interface OutcomeGrounds {
  measure: MeasureWords | null
  /** The latest reading; null when the outcome names no measure. */
  reading: Reading | null
  /** Weekly readings from the baseline on. */
  series: readonly Reading[]
  /** The reading of the window that ended on the target's date, once that has passed. */
  atDue?: Reading
  guardrails: readonly { intent: GuardrailIntent; measure: MeasureWords | null; reading: Reading; before?: Reading }[]
  at: Instant
}

export interface OutcomeVerdict {
  judgement: Judgement
  /** Why it stands where it stands, as the end of a sentence: "at this pace 2.9 d by then". */
  because: string
  value: number | null
  baseline: number | null
  target: number | null
  direction: Direction | null
  progress: number | null
  pace: Pace | null
  forecast: Forecast | null
  /** Why there is no forecast, where one was possible in principle. */
  forecastUnknown?: Unknown
  guardrails: GuardrailVerdict[]
}

/** Holds an outcome against its readings. */
export function judgeOutcome(outcome: OutcomeIntent, grounds: OutcomeGrounds): OutcomeVerdict {
  const { reading, measure, at } = grounds
  const guardrails = grounds.guardrails.map((rail) => judgeGuardrail(rail.intent, rail.measure, rail.reading, rail.before))
  const value = reading ? valueOf(reading, outcome.quantile) : null
  const unit = reading?.unit ?? ''
  const target = quantity(outcome.target?.value, unit)
  const baseline = quantity(outcome.baseline?.value, unit)
  const direction = target === null ? null : directionOf(measure?.better, baseline, target)
  const rule =
    outcome.target && target !== null && outcome.measure
      ? `${measureWords(measure, outcome.measure, outcome.quantile)} at ${direction === 'higher' ? 'least' : 'most'} ${formatQuantity(target, unit)} by ${dayWords(outcome.target.by - 1)}`
      : outcome.statement
  const known = {
    value,
    baseline,
    target,
    direction,
    progress: value !== null && target !== null ? progressOf(baseline, value, target) : null,
    guardrails,
  }
  const conclude = (state: JudgementState, because: string, more: Partial<OutcomeVerdict> = {}): OutcomeVerdict => ({
    pace: null,
    forecast: null,
    ...known,
    ...more,
    because,
    judgement: {
      intent: outcome.ref,
      subject: outcome.subject,
      state,
      rule: `${rule}; ${because}`,
      ...(reading ? { reading } : {}),
      evidence: [outcome.ref],
    },
  })

  const missing = whatIsMissing(outcome, reading, value, target, direction)
  if (missing || !outcome.target || target === null || direction === null || value === null)
    return conclude('unknown', missing ?? 'not known')

  const worsened = guardrails.filter((rail) => rail.state === 'worsened')
  const guarded = (state: JudgementState, because: string, more?: Partial<OutcomeVerdict>) =>
    worsened.length > 0 && (state === 'met' || state === 'on_course')
      ? conclude('at_risk', `${because}, but a guardrail has worsened: ${worsened.map((rail) => rail.rule).join('; ')}`, more)
      : conclude(state, because, more)

  const now = `now ${formatQuantity(value, unit)} (n = ${reading?.n ?? 0})`
  if (at >= outcome.target.by) return afterDue(outcome, outcome.target.by, grounds, { value, target, direction, now, unit }, guarded)

  const points = pointsOf(grounds.series, outcome.quantile)
  const pace = paceOf(points, { value, at }, { value: target, by: outcome.target.by }, direction)
  const outlook = forecastOf(points, at, outcome.target.by, unit)
  const forecast = 'forecast' in outlook ? outlook.forecast : null
  const more = { pace, forecast, forecastUnknown: 'unknown' in outlook ? outlook.unknown : undefined }
  if (reaches(value, target, direction)) return guarded('met', `${now}: reached before its date`, more)
  if (forecast) {
    const arrives = reaches(forecast.value, target, direction)
    return guarded(
      arrives ? 'on_course' : 'at_risk',
      `${now}; if the weeks since the baseline go on, ${formatQuantity(forecast.value, unit)} by then (80 %: ${formatQuantity(forecast.low, unit)} to ${formatQuantity(forecast.high, unit)}; ${pace.n} weeks)`,
      more,
    )
  }
  if (pace.suffices !== null) {
    const paces = `${paceWords(pace.needed ?? 0, unit)} needed, ${paceWords(pace.seen ?? 0, unit)} seen over ${pace.n} weeks`
    return guarded(pace.suffices ? 'on_course' : 'at_risk', `${now}; ${paces}`, more)
  }
  if (baseline === null || !outcome.baseline)
    return conclude('unknown', `${now}; no baseline and only ${pace.n} weeks with data, so its course cannot be told`, more)
  if (at < outcome.baseline.at + TOO_EARLY)
    return conclude('unknown', `${now}; too early to tell: its baseline is from ${dayWords(outcome.baseline.at)}`, more)
  const expected = onTheStraightLine({ value: baseline, at: outcome.baseline.at }, { value: target, at: outcome.target.by }, at)
  return guarded(
    reaches(value, expected, direction) ? 'on_course' : 'at_risk',
    `${now}; on a straight line from the baseline it would be ${formatQuantity(expected, unit)} (too few weeks for a pace)`,
    more,
  )
}

function afterDue(
  outcome: OutcomeIntent,
  due: Instant,
  grounds: OutcomeGrounds,
  known: { value: number; target: number; direction: Direction; now: string; unit: string },
  conclude: (state: JudgementState, because: string) => OutcomeVerdict,
): OutcomeVerdict {
  const then = grounds.atDue ? valueOf(grounds.atDue, outcome.quantile) : null
  if (then === null) return conclude('unknown', `nothing is known of the 28 days before its date; ${known.now}`)
  const stillThere = reaches(known.value, known.target, known.direction)
  const onTheDay = `${formatQuantity(then, known.unit)} on its date (n = ${grounds.atDue!.n})`
  if (!reaches(then, known.target, known.direction))
    return conclude('missed', stillThere ? `${onTheDay}; reached since, ${known.now}` : `${onTheDay}; ${known.now}`)
  if (!stillThere && grounds.at < due + WATCH) return conclude('at_risk', `met with ${onTheDay}, relapsed since: ${known.now}`)
  return conclude('met', `met with ${onTheDay}; ${known.now}`)
}

function whatIsMissing(
  outcome: OutcomeIntent,
  reading: Reading | null,
  value: number | null,
  target: number | null,
  direction: Direction | null,
): string | null {
  if (!outcome.measure || !reading) return 'nobody has said how it is measured'
  if (!outcome.target) return 'it has no target'
  if (reading.value === null) return whyWords(reading.unknown)
  if (value === null) return `the measure has no ${outcome.quantile}`
  if (target === null) return `its target "${outcome.target.value}" cannot be read in the unit ${reading.unit}`
  if (direction === null) return 'nobody has said which way is better, and there is no baseline'
  return null
}

function onTheStraightLine(from: { value: number; at: Instant }, to: { value: number; at: Instant }, at: Instant): number {
  if (to.at <= from.at) return to.value
  const share = Math.min(1, Math.max(0, (at - from.at) / (to.at - from.at)))
  return from.value + (to.value - from.value) * share
}

function quantity(text: number | string | undefined, unit: string): number | null {
  if (text === undefined || unit === '') return null
  const read = parseQuantity(text, unit)
  return read.ok ? read.value : null
}
