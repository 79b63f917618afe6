import type { Instant, Problem, Ref } from '../core/index.ts'
import type { Basis, Evidence, EvidenceKind } from './kinds/index.ts'

export interface AppendResult {
  accepted: number
  revised: number
  duplicates: number
  byKind: Partial<Record<EvidenceKind, number>>
}

/** `<kind>:<source>/<id>`: the name of a record, which trace and rows use. */
export type EvidenceId = string

/**
 * The ledger of what happened. Records are never overwritten, only revised; each is known from the moment it was
 * learned. A record is (subject, source, kind, id); its state is its revisions merged field by field in order of `at`
 * (ties by content hash), so neither order nor repetition of arrival matters.
 */
export interface Ledger {
  /** Takes parsed records in one transaction. All of them are kept durable when this returns, or none. */
  append(records: readonly Evidence[], how: { by: Ref; basis?: Basis; importId?: number }): Promise<AppendResult>

  /** Takes records back (or gives them again with `undo`), as a revision: as-of readings from before still see them. */
  retract(which: { source: string; id: string; kind?: EvidenceKind; subject?: Ref } | { importId: number }, how: { by: Ref; at: Instant; undo?: boolean }): Promise<{ retracted: number }>

  /** Registers a table a house derives from records. */
  derives(table: DerivedTable): void

  /** Brings a derived table up to date for these subjects (all when left out); cheap when nothing came in. */
  fresh(name: string, subjects?: readonly Ref[]): Promise<void>

  /** Empties a derived table and derives it again from the records. */
  rebuild(name: string): Promise<void>

  /** All revisions of one record with what each said, oldest first. */
  history(id: EvidenceId, subject?: Ref): Promise<RecordHistory[]>

  /** The present moment by the ledger's own clock, which never runs backwards. */
  now(): Instant
}

export interface RecordHistory {
  subject: Ref
  learnedFrom: Instant
  learnedTo: Instant | null
  basis: Basis
  retracted: boolean
  said: Record<string, unknown>
  state: Record<string, unknown>
}

/** A table derived from records: rebuilt from them it comes out identical. */
export interface DerivedTable {
  name: string
  /** Kinds whose arrival makes it stale. */
  kinds: readonly EvidenceKind[]
  /** Earliest time from which a record can change the table; null when it cannot. */
  since(record: Evidence): Instant | null
  /** Derives one subject again from `since` on; called in a transaction. */
  refresh(subject: Ref, since: Instant): Promise<void>
  /** Empties the table; called in a transaction. */
  clear(): Promise<void>
}

export interface LedgerSummary {
  kinds: { kind: EvidenceKind; source: string; records: number; firstAt: Instant; lastAt: Instant; lastLearned: Instant }[]
  undeclared: { subject: Ref; records: number }[]
  problems: Problem[]
}
