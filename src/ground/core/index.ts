/** The nouns everything else is made of. Imports nothing of ours. */
export {
  type Clock,
  DAY,
  dayWords,
  formatDay,
  formatInstant,
  HOUR,
  type Instant,
  EpochTimestampSchema,
  InstantSchema,
  PlainOffsetTimestampSchema,
  MINUTE,
  parseInstant,
  SECOND,
  TimestampSchema,
  WEEK,
} from './instant.ts'
export {
  addDecimals,
  type Decimal,
  decimalNumber,
  DecimalSum,
  formatDecimal,
  parseDecimal,
  parseSmallDecimal,
  type SmallDecimal,
  splitDecimal,
  ZERO_DECIMAL,
} from './decimal.ts'
export { type Bucket, bucketsOf, formatWindow, inWindow, lastDays, previousWindow, type Window, windowDays } from './window.ts'
export {
  ComponentRefSchema,
  DEFAULT_NAMESPACE,
  formatRef,
  parseRef,
  type Ref,
  refKind,
  refName,
  refNamespace,
  type RefParts,
  RefSchema,
  toRef,
} from './ref.ts'
export { type Formula, formulaNames, formulaValue, parseFormula } from './formula.ts'
export { formatDuration, formatQuantity, parseDuration, parseQuantity, round, type Unit } from './quantity.ts'
export { ok, type Problem, Refusal, refuse, type Result } from './result.ts'
export { Reading, type ReadingAsk, Row, Unknown } from './reading.ts'
export { Judgement, JudgementState, STATE_ORDER } from './judgement.ts'
export { nearestWord } from './nearest-word.ts'
export { ownEntry } from './own-entry.ts'
export { Because, Claim } from './claim.ts'
export { type Caller, operation, type Operation, type Scope } from './operation.ts'
