/** What happened: records by kind, appended, revised, taken back, asked. */
export type { RecordKind } from './columns.ts'
export { createLedger } from './create.ts'
export {
  Basis,
  Change,
  Commit,
  Cost,
  Deployment,
  Evidence,
  EVIDENCE_KINDS,
  type EvidenceInput,
  type EvidenceKind,
  type EvidenceOf,
  ForeignEvent,
  Incident,
  Measurement,
  ProductEvent,
  Sli,
  WorkItem,
} from './kinds/index.ts'
export type { ErasedRecords } from './forget/person.ts'
export type { Eye, NotKept } from './gone.ts'
export { knownAt } from './known.ts'
export type { LateNews, LearnedSince } from './learned-since.ts'
export type { AppendResult, DerivedTable, EvidenceId, Ledger, LedgerSummary, RecordHistory } from './ledger.ts'
export { ledgerOperations } from './operations.ts'
export { depthProblem, fieldProblems } from './problems.ts'
export { agentOf } from './programs/agents.ts'
export { isBot } from './programs/bots.ts'
export { countedAt, countedSamples, type CountedSamples, type HeldSamples, heldSamples } from './sample-counts.ts'
export type { SampleChange, SampleCount } from './sample.ts'
export { parseEvidence } from './wire.ts'
