/** What follows from records of delivery: pure, whatever the order they came in. */
export { type Before, type Derivation, deriveDelivery } from './derive.ts'
export type {
  ChangeRecord,
  ChangeRow,
  CommitRecord,
  CommitRow,
  DeploymentKind,
  DeploymentRecord,
  DeploymentRow,
  Derived,
  Facts,
  FailureLink,
  IncidentRecord,
  Method,
  Told,
} from './facts.ts'
export { happenedBefore } from './happened.ts'
export { AUTHOR_KINDS, type AuthorKind, authorKind, isTellable, SMALLEST_COHORT } from './cohort.ts'
export {
  countItem,
  type CountedItem,
  type Flow,
  FLOW_STAGES,
  flowOf,
  type FlowQuestion,
  type FlowStage,
  type ItemChange,
  type Said,
  saidBy,
  type SeenItem,
  wasPlanned,
  type WorkItem,
} from './flow/index.ts'
export { type Bin, durationHistogram } from './histogram.ts'
export { mergeIncidents, namesOf } from './merge/incidents.ts'
export { biggestWait, type Stage, type StageName, stagesOf } from './stages.ts'
export {
  countDeployment,
  type Counted,
  countDuration,
  countRecovery,
  countSize,
  countWaiting,
  type DeploymentSide,
  type Duration,
} from './tally.ts'
export type { Shipped } from './timeline.ts'
