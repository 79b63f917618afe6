import { formatQuantity, type Judgement, type Reading } from '../../../ground/core/index.ts'
import {
  type AssumptionIntent,
  type DecisionIntent,
  keeps,
  limitOf,
  limitWords,
  measureWords,
  type MeasureWords,
  valueOf,
  whyWords,
} from '../../vision/index.ts'

/** Holds one assumption of a decision against its reading: met while it holds, missed once it is broken. */
export function judgeAssumption(
  decision: DecisionIntent,
  assumption: AssumptionIntent,
  measure: MeasureWords | null,
  reading: Reading,
): Judgement {
  const what = measureWords(measure, assumption.measure, assumption.quantile)
  const conclude = (state: Judgement['state'], rule: string): Judgement => ({
    intent: decision.ref,
    subject: assumption.subject,
    state,
    rule,
    reading,
    evidence: [decision.ref],
  })
  const limit = limitOf(assumption, reading.unit)
  if (!limit.ok) return conclude('unknown', `${what}: ${limit.problems[0]!.message}`)
  if (!limit.value) return conclude('unknown', `${what}: the assumption states no limit`)
  const rule = `${what} ${limitWords(limit.value, reading.unit)}`
  const value = valueOf(reading, assumption.quantile)
  if (value === null) return conclude('unknown', `${rule}: ${whyWords(reading.unknown)}`)
  return conclude(keeps(limit.value, value) ? 'met' : 'missed', `${rule}; now ${formatQuantity(value, reading.unit)} (n = ${reading.n})`)
}
