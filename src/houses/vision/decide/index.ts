/** Every judgement of the vision house, as pure functions. */
export { bindsBecause, type Place, placesOf } from './applies.ts'
export { isLive } from './exception.ts'
export { keeps, limitOf, limitWords } from './limit.ts'
export { contradictions, lintPage, type MeasureFacts, type Page, pageWords, type Remark, type Today, type Unjudged } from './lint/index.ts'
export { judgeOutcome, type OutcomeGrounds, type OutcomeVerdict } from './outcome.ts'
export { judgePrinciple, type PrincipleVerdict } from './principle.ts'
export { judgeSignal, type SignalState, type SignalVerdict } from './signal.ts'
export { lowerFirst, measureWords, type MeasureWords, valueOf, whyWords } from './value.ts'
