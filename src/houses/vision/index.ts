/** Outcomes and principles that guide decisions, held against what is measured. */
export {
  endsSoon,
  keeps,
  limitOf,
  limitWords,
  lowerFirst,
  measureWords,
  type MeasureWords,
  type ReviewDue,
  valueOf,
  whyWords,
} from './decide/index.ts'
export { installVision } from './install.ts'
export {
  type AssumptionIntent,
  type DecisionIntent,
  type ExceptionIntent,
  type ExpectationIntent,
  type Expectations,
  isInForce,
  isOrderOf,
  type LimitIntent,
  readDecision,
  readException,
  type OutcomeIntent,
  readExpectations,
  readReview,
  type ReviewIntent,
  SIDES,
  readOutcome,
  titleOf,
  type TripwireIntent,
  type VisionIntent,
} from './intent/index.ts'
export { visionOperations } from './operations.ts'
export { allDecisions, decisionsOf } from './store/decisions.ts'
export { wordsOf } from './store/measure-words.ts'
export { type Moment, momentInput, momentOf, stamp, stampShape } from './store/moment.ts'
export { visionOf, type VisionPage, visionPage } from './store/page.ts'
export { dueOf, reviewsOf, sidesOf } from './store/reviews.ts'
export { exceptionsOf } from './store/principles.ts'
export type { OutcomeView } from './tell/outcome-view.ts'
export type { PrincipleView } from './tell/principle-view.ts'
