import { dayWords, type Claim, formatQuantity, type JudgementState, parseInstant, type Reading } from '../../../ground/core/index.ts'
import { lowerFirst, type OutcomeView } from '../../vision/index.ts'
import { claim, fromJudgement, fromReading } from './claims.ts'
import { nameWords, nWords, sentence, stop } from './words.ts'

export const STATE_WORDS: Record<JudgementState, string> = {
  met: 'met',
  on_course: 'on course',
  at_risk: 'at risk',
  missed: 'missed',
  unknown: 'unknown',
}

/** One sentence an outcome, worst first, with what weighs most in it. */
export function outcomeClaims(outcomes: readonly OutcomeView[]): Claim[] {
  return outcomes.map(outcomeClaim)
}

/** "Faster checkout is at risk: median change lead time 4.1 d (n = 212); promised 2 d by 31 March 2027; …" */
export function outcomeClaim(outcome: OutcomeView): Claim {
  const { judgement, value, target } = outcome
  const reading = judgement.reading
  const name = nameWords(outcome.title)
  const drivers = biggestDriver(outcome)
  const worsened = outcome.guardrails.filter((rail) => rail.state === 'worsened')
  const grounds = [
    fromJudgement(judgement),
    ...worsened.map((rail) => fromReading(rail.reading)),
    ...(drivers ? [fromReading(drivers.reading)] : []),
  ] as const
  if (judgement.state === 'unknown' || !reading || value === null || !target || target.value === null)
    return claim(`${sentence(name)} is ${STATE_WORDS[judgement.state]}: ${outcome.because}.${fixOf(reading)}`, ...grounds)
  const parts = [
    `${measured(outcome)} ${formatQuantity(value, reading.unit)} (${nWords(reading)})`,
    `promised ${formatQuantity(target.value, reading.unit)} by ${dayOf(target.by)}`,
    ...course(outcome),
    ...worsened.map((rail) => `guardrail worsened: ${rail.rule}`),
  ]
  const mostly = drivers
    ? ` Mostly: ${lowerFirst(drivers.title)}, ${formatQuantity(drivers.value, drivers.reading.unit)} (${nWords(drivers.reading)}).`
    : ''
  return claim(`${sentence(name)} is ${STATE_WORDS[judgement.state]}: ${parts.join('; ')}.${mostly}`, ...grounds)
}

/** What would make an unknown value known. */
function fixOf(reading: Reading | undefined): string {
  const fix = reading?.value === null ? reading.unknown?.fix : undefined
  return fix ? ` ${stop(sentence(fix))}` : ''
}

function measured({ measure, quantile }: OutcomeView): string {
  const title = lowerFirst(measure?.title ?? 'its measure')
  return quantile && quantile !== 'p50' ? `${quantile} of ${title}` : quantile === 'p50' ? `median ${title}` : title
}

/** Where it is heading: after its date what became of it, else the forecast, else the pace, else the plain reason. */
function course({ judgement, forecast, pace, because }: OutcomeView): string[] {
  const unit = judgement.reading!.unit
  const share = (level: number) => `${Math.round(level * 100)} %`
  if (forecast && judgement.state !== 'met') {
    const { value, low, high, level, weeks } = forecast
    return [
      `forecast ${formatQuantity(value, unit)} (${share(level)}: ${formatQuantity(low, unit)} to ${formatQuantity(high, unit)}; ${weeks} weeks)`,
    ]
  }
  if (judgement.state === 'met' && pace) return ['reached before its date']
  // The verdict's own words repeat the present value first; what follows is what the sentence still lacks.
  const rest = because.replace(/^now [^;]+; /, '')
  return rest === because && because.startsWith('now ') ? [] : [rest.replace(/, but a guardrail has worsened:.*$/s, '')]
}

/** The largest known part of what the outcome measures. */
function biggestDriver({ judgement, drivers }: OutcomeView): { title: string; value: number; reading: Reading } | null {
  if (judgement.state === 'met') return null
  const known = drivers.flatMap(({ title, reading }) =>
    reading.value === null || reading.value <= 0 ? [] : [{ title, value: reading.value, reading }],
  )
  return known.sort((a, b) => b.value - a.value)[0] ?? null
}

function dayOf(day: string): string {
  const read = parseInstant(day)
  return read.ok ? dayWords(read.value) : day
}
