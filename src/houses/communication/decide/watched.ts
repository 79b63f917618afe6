import { formatQuantity, type Judgement, type Reading, type Ref } from '../../../ground/core/index.ts'
import { keeps, type LimitIntent, limitOf, limitWords, measureWords, type MeasureWords, valueOf, whyWords } from '../../vision/index.ts'

/** Holds one limit of a decision, an assumption or a tripwire, against its reading: met while it holds, missed beyond it. */
export function judgeLimit(intent: Ref, stated: LimitIntent, measure: MeasureWords | null, reading: Reading): Judgement {
  const what = measureWords(measure, stated.measure, stated.quantile)
  const conclude = (state: Judgement['state'], rule: string): Judgement => ({
    intent,
    subject: stated.subject,
    state,
    rule,
    reading,
    evidence: [intent],
  })
  const limit = limitOf(stated, reading.unit)
  if (!limit.ok) return conclude('unknown', `${what}: ${limit.problems[0]!.message}`)
  if (!limit.value) return conclude('unknown', `${what}: no limit is stated`)
  const rule = `${what} ${limitWords(limit.value, reading.unit)}`
  const value = valueOf(reading, stated.quantile)
  if (value === null) return conclude('unknown', `${rule}: ${whyWords(reading.unknown)}`)
  return conclude(keeps(limit.value, value) ? 'met' : 'missed', `${rule}; now ${formatQuantity(value, reading.unit)} (n = ${reading.n})`)
}
