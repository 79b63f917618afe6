/** What happened: records by kind, appended, revised, taken back, asked. */
export { Basis, Change, Commit, Deployment, Evidence, EVIDENCE_KINDS, type EvidenceInput, type EvidenceKind, type EvidenceOf, ForeignEvent, Incident, Measurement, ProductEvent, Sli, WorkItem } from './kinds/index.ts'
export type { AppendResult, DerivedTable, EvidenceId, Ledger, LedgerSummary, RecordHistory } from './ledger.ts'
