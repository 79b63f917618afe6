/** Outcomes and principles that guide decisions, held against what is measured. */
export {
  type Direction,
  type Forecast,
  judgeOutcome,
  judgePrinciple,
  judgeSignal,
  keeps,
  limitOf,
  limitWords,
  lintPage,
  lowerFirst,
  measureWords,
  type MeasureWords,
  type OutcomeGrounds,
  type OutcomeVerdict,
  paceWords,
  type PrincipleVerdict,
  reaches,
  type SignalState,
  upperFirst,
  vagueWords,
  valueOf,
  WATCH,
  whyWords,
} from './decide/index.ts'
export { installVision } from './install.ts'
export {
  type AssumptionIntent,
  countWords,
  type DecisionIntent,
  type ExceptionIntent,
  isInForce,
  OutcomeSpec,
  type OutcomeIntent,
  PrincipleSpec,
  type PrincipleIntent,
  titleOf,
  VISION_WORDS,
  type VisionIntent,
  VisionSpec,
} from './intent/index.ts'
export { visionOperations } from './operations.ts'
export { type ReadyPrinciple, readyPrinciples } from './ready/index.ts'
export { allDecisions, decisionsOf } from './store/decisions.ts'
export { wordsOf } from './store/measure-words.ts'
export { type Moment, momentInput, momentOf, stamp, stampShape } from './store/moment.ts'
export { outcomesOf, principlesOf, type VisionPage, visionOf, visionPage } from './store/page.ts'
export { exceptionsOf } from './store/principles.ts'
export type { OutcomeView } from './tell/outcome-view.ts'
export type { PrincipleView } from './tell/principle-view.ts'
