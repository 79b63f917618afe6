import { dayWords, formatQuantity, type Instant, type Judgement, type Reading, type Ref } from '../../../ground/core/index.ts'
import type { ExceptionIntent, SignalIntent } from '../intent/intents.ts'
import { type Belongs, exceptionFor, splitExceptions } from './exception.ts'
import { keeps, limitOf, limitWords } from './limit.ts'
import { measureWords, type MeasureWords, valueOf, whyWords } from './value.ts'

/** Fewest records from which a quantile says something about how people work. */
const QUANTILE_RECORDS = 3

export type SignalState = 'held' | 'broken' | 'excepted' | 'unknown'

export interface SignalVerdict {
  subject: string
  measure: string
  state: SignalState
  judgement: Judgement
  /** The exception that allows the break. */
  exception?: Ref
}

/** Holds one signal of a principle against the reading of one subject. */
export function judgeSignal(
  principle: Ref,
  signal: SignalIntent,
  reading: Reading,
  about: { measure: MeasureWords | null; where: Belongs; exceptions: readonly ExceptionIntent[]; at: Instant },
): SignalVerdict {
  const { measure, where, exceptions, at } = about
  const what = measureWords(measure, signal.measure, signal.quantile)
  const conclude = (state: SignalState, rule: string, exception?: ExceptionIntent): SignalVerdict => ({
    subject: where.subject,
    measure: signal.measure,
    state,
    judgement: {
      intent: principle,
      subject: where.subject,
      state: state === 'held' ? 'met' : state === 'unknown' ? 'unknown' : 'missed',
      rule,
      reading,
      evidence: exception ? [principle, exception.ref] : [principle],
    },
    ...(exception ? { exception: exception.ref } : {}),
  })

  const limit = limitOf(signal, reading.unit)
  if (!limit.ok) return conclude('unknown', `${what}: ${limit.problems[0]!.message}`)
  if (!limit.value) return conclude('unknown', `${what}: no limit is stated`)
  const rule = `${what} ${limitWords(limit.value, reading.unit)}`
  if (reading.value === null) return conclude('unknown', `${rule}: ${whyWords(reading.unknown)}`)
  const value = valueOf(reading, signal.quantile)
  if (value === null) return conclude('unknown', `${rule}: the measure has no ${signal.quantile}`)
  if (signal.quantile && reading.n < QUANTILE_RECORDS)
    return conclude('unknown', `${rule}: only ${reading.n} ${reading.n === 1 ? 'record' : 'records'} in the window`)
  const read = `${rule}; ${formatQuantity(value, reading.unit)} (n = ${reading.n})`
  if (keeps(limit.value, value)) return conclude('held', read)
  const exception = exceptionFor(exceptions, principle, where, at)
  if (exception) return conclude('excepted', `${read}, allowed until ${dayWords(exception.until - 1)}`, exception)
  const lapsed = splitExceptions(exceptions, principle, at).expired.findLast((past) =>
    past.subjects.some((subject) => subject === where.subject || where.to.includes(subject)),
  )
  return conclude('broken', lapsed ? `${read}; its exception ended on ${dayWords(lapsed.until - 1)}` : read)
}
