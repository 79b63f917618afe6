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
import { type Forecast, type Likelihood, probabilityWords } from './forecast.ts'
import { type GuardrailVerdict, judgeGuardrail } from './guardrail.ts'
import { type Pace, paceOf, paceWords, type SeenPace } from './pace.ts'
import { measureWords, type MeasureWords, valueOf, whyWords } from './value.ts'

/** One period of the watch: as long as the window a reading is judged by. */
export const PERIOD = 28 * DAY
/** How long an outcome is watched after its date, so that a relapse reopens it. */
const PERIODS = 2

/** Until a whole window of readings lies after the baseline, no course can be told. */
const TOO_EARLY = 28 * DAY

/** Where its weeks lead. */
export interface Outlook {
  pace: SeenPace
  forecast?: Forecast
  /** Why there is no forecast, where one was possible in principle. */
  forecastUnknown?: Unknown
  likelihood?: Likelihood
}

/** Everything an outcome is judged by. */
export interface OutcomeGrounds {
  measure: MeasureWords | null
  /** The latest reading; null when the outcome names no measure. */
  reading: Reading | null
  /** Where its weeks lead; left out where nothing is known or its date has passed. */
  outlook?: Outlook
  /** The reading of the window that ended on the target's date, once that has passed. */
  atDue?: Reading
  /** Readings of the periods after its date that are over, two at most. */
  watched?: readonly Reading[]
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
  /** Null where neither forecast nor pace tell. */
  likelihood: Likelihood | null
  /** Why there is no forecast, where one was possible in principle. */
  forecastUnknown?: Unknown
  guardrails: GuardrailVerdict[]
  /** What happened after its date; null before. */
  watch: Watch | null
}

/** The two periods after the date of an outcome that was met, in which a relapse reopens it. */
export interface Watch {
  state: 'watched' | 'relapsed' | 'recovered' | 'kept'
  /** The moment the watch ends. */
  until: Instant
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
    likelihood: null,
    watch: null,
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

  const { pace: seen = { slope: null, weeks: 0 }, forecast = null, forecastUnknown, likelihood = null } = grounds.outlook ?? {}
  const pace = paceOf(seen, { value, at }, { value: target, by: outcome.target.by }, direction)
  const surely = likelihood ? `: ${probabilityWords(likelihood.probability)} likely to be reached` : ''
  const more = { pace, forecast, likelihood, ...(forecastUnknown ? { forecastUnknown } : {}) }
  if (reaches(value, target, direction)) return guarded('met', `${now}: reached before its date`, more)
  if (forecast) {
    const arrives = reaches(forecast.value, target, direction)
    return guarded(
      arrives ? 'on_course' : 'at_risk',
      `${now}; forecast ${formatQuantity(forecast.value, unit)} by then (${Math.round(forecast.level * 100)} %: ${formatQuantity(forecast.low, unit)} to ${formatQuantity(forecast.high, unit)}; ${forecast.weeks} weeks)${surely}`,
      more,
    )
  }
  if (pace.suffices !== null) {
    const paces = `${paceWords(pace.needed ?? 0, unit)} needed, ${paceWords(pace.seen ?? 0, unit)} seen over ${pace.n} weeks${surely}`
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
  conclude: (state: JudgementState, because: string, more?: Partial<OutcomeVerdict>) => OutcomeVerdict,
): OutcomeVerdict {
  const { value, target, direction, now, unit } = known
  const then = grounds.atDue ? valueOf(grounds.atDue, outcome.quantile) : null
  if (then === null) return conclude('unknown', `nothing is known of the 28 days before its date; ${now}`)
  const stillThere = reaches(value, target, direction)
  const onTheDay = `${formatQuantity(then, unit)} on its date (n = ${grounds.atDue!.n})`
  if (!reaches(then, target, direction))
    return conclude('missed', stillThere ? `${onTheDay}; reached since, ${now}` : `${onTheDay}; ${now}`)
  const until = due + PERIODS * PERIOD
  const watching = grounds.at < until
  const fallen = (grounds.watched ?? []).some((reading) => {
    const was = valueOf(reading, outcome.quantile)
    return was !== null && !reaches(was, target, direction)
  })
  const met = `met with ${onTheDay}`
  const ending = dayWords(until - 1)
  if (!stillThere && (watching || fallen))
    return conclude('at_risk', `${met}, relapsed since and open again: ${now}`, { watch: { state: 'relapsed', until } })
  if (fallen) return conclude('met', `${met}; fell back in the watch and recovered, ${now}`, { watch: { state: 'recovered', until } })
  if (watching) return conclude('met', `${met}; ${now}; watched until ${ending}`, { watch: { state: 'watched', until } })
  return conclude('met', `${met} and kept until ${ending}; ${now}`, { watch: { state: 'kept', until } })
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
