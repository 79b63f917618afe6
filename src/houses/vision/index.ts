/** Outcomes and principles that guide decisions, held against what is measured. */
export { keeps, limitOf, limitWords, lowerFirst, measureWords, type MeasureWords, valueOf, whyWords } from './decide/index.ts'
export { installVision } from './install.ts'
export {
  type AssumptionIntent,
  type DecisionIntent,
  type ExceptionIntent,
  type ExpectationIntent,
  type Expectations,
  isInForce,
  type LimitIntent,
  readDecision,
  type OutcomeIntent,
  readExpectations,
  readOutcome,
  titleOf,
  type TripwireIntent,
  type VisionIntent,
} from './intent/index.ts'
export { visionOperations } from './operations.ts'
export { allDecisions, decisionsOf } from './store/decisions.ts'
export { wordsOf } from './store/measure-words.ts'
export { type Moment, momentInput, momentOf, stamp, stampShape } from './store/moment.ts'
export { visionPage } from './store/page.ts'
export { exceptionsOf } from './store/principles.ts'
export type { OutcomeView } from './tell/outcome-view.ts'
export type { PrincipleView } from './tell/principle-view.ts'
