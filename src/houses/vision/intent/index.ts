/** The entity kinds of the vision house and what they look like once read. */
export { type AssumptionIntent, type DecisionIntent, isInForce, pairSuperseding, readDecision } from './decision.ts'
export type { ExceptionIntent, GuardrailIntent, OutcomeIntent, PrincipleIntent, SignalIntent, VisionIntent } from './intents.ts'
export { Lever, outcomeKind } from './outcome.ts'
export { principleKind, PrincipleSpec } from './principle.ts'
export { readException, readOutcome, readPrinciple, readVision, titleOf } from './read.ts'
export { visionKind } from './vision.ts'
export { countWords } from './count-words.ts'
export { Quantile } from './fields.ts'
