import { formatQuantity, type Reading } from '../../../ground/core/index.ts'
import type { GuardrailIntent } from '../intent/intents.ts'
import { keeps, limitOf, limitWords } from './limit.ts'
import { measureWords, type MeasureWords, valueOf, whyWords } from './value.ts'

export interface GuardrailVerdict {
  measure: string
  /** What people call the measure. */
  title: string
  state: 'held' | 'worsened' | 'unknown'
  /** The rule and what was read, in words. */
  rule: string
  reading: Reading
}

/**
 * A guardrail with a limit has worsened beyond it; one without has worsened when its interval lies clear of, and on
 * the worse side of, the interval it had before the baseline.
 * @param before the reading of the same length that ended at the baseline
 */
export function judgeGuardrail(
  intent: GuardrailIntent,
  measure: MeasureWords | null,
  reading: Reading,
  before?: Reading,
): GuardrailVerdict {
  const what = measureWords(measure, intent.measure, intent.quantile)
  const verdict = (state: GuardrailVerdict['state'], rule: string): GuardrailVerdict => ({
    measure: intent.measure,
    title: measure?.title ?? intent.measure,
    state,
    rule,
    reading,
  })
  const value = valueOf(reading, intent.quantile)
  const limit = limitOf(intent, reading.unit)
  if (!limit.ok) return verdict('unknown', `${what}: ${limit.problems[0]!.message}`)
  if (limit.value) {
    const rule = `${what} ${limitWords(limit.value, reading.unit)}`
    if (value === null) return verdict('unknown', `${rule}: ${whyWords(reading.unknown)}`)
    return verdict(
      keeps(limit.value, value) ? 'held' : 'worsened',
      `${rule}; now ${formatQuantity(value, reading.unit)} (n = ${reading.n})`,
    )
  }
  const rule = `${what} no worse than at the baseline`
  if (value === null) return verdict('unknown', `${rule}: ${whyWords(reading.unknown)}`)
  const earlier = before ? valueOf(before, intent.quantile) : null
  if (!before || earlier === null) return verdict('unknown', `${rule}: nothing is known from before the baseline`)
  if (!measure?.better) return verdict('unknown', `${rule}: nobody has said which way is better`)
  const worse = clearlyWorse(before, reading, measure.better)
  return verdict(
    worse ? 'worsened' : 'held',
    `${rule}; then ${formatQuantity(earlier, before.unit)} (n = ${before.n}), now ${formatQuantity(value, reading.unit)} (n = ${reading.n})`,
  )
}

function clearlyWorse(before: Reading, now: Reading, better: 'higher' | 'lower'): boolean {
  if (!before.interval || !now.interval) return false
  return better === 'lower' ? now.interval.low > before.interval.high : now.interval.high < before.interval.low
}
