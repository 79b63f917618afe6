/** What a policy says of a release: pure, from what is known at a moment. */
export { isIn, wallClock } from './calendar.ts'
export { type Evaluated, evaluate } from './evaluate.ts'
export type { Evidence, InForce, OpenIncident, Override, PastDeployment, Release, SloEvidence } from './evidence.ts'
export { readingKey } from './judge-rule.ts'
export { type StepState, stepsFor } from './steps.ts'
export { Excuse, Grounds, Reason, Verdict } from './verdict.ts'
