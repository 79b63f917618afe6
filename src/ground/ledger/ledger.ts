import type { Instant, Ref } from '../core/index.ts'
import type { Statement } from '../store/index.ts'
import type { RecordKind } from './columns.ts'
import type { ErasedRecords } from './forget/person.ts'
import type { Eye, NotKept } from './gone.ts'
import type { Basis, Evidence, EvidenceKind } from './kinds/index.ts'
import type { LearnedSince } from './learned-since.ts'
import type { NamedRecord } from './named.ts'
import type { SampleChange } from './sample.ts'
import type { Which } from './which.ts'

/** What came of handing in records: every one is counted once, as accepted, revised, duplicate or not kept. */
export interface AppendResult {
  accepted: number
  revised: number
  duplicates: number
  /** Of the accepted ones. */
  byKind: Partial<Record<EvidenceKind, number>>
  /** Set when some may not be kept: older than their kind is kept, or about an erased person alone. */
  notKept?: NotKept
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
  retract(which: Which, how: { by: Ref; at: Instant; undo?: boolean }): Promise<{ retracted: number }>

  /**
   * Leaves records that are about one subject at a time, and may move to another, with the subject that was told of last:
   * they are taken back from the others.
   */
  leaveWithLast(kind: RecordKind, names: readonly { source: string; id: string }[], how: { by: Ref }): Promise<void>

  /** Erases all records of a namespace for good, their history included; gives how many there were. */
  erase(namespace: string): Promise<number>

  /**
   * Forgets records of a kind that happened before a moment, in slices; gives how many. Counts by day stay, what was
   * derived from them stays, and readings whose window reaches behind say so.
   */
  forget(kind: EvidenceKind, before: Instant): Promise<number>
  /** How many records forgetting a kind before a moment would take; changes nothing. */
  countBefore(kind: EvidenceKind, before: Instant): Promise<number>
  /**
   * Takes a person out of all records, the past included, or counts what would be done.
   * @param how.suspect condition on the text of a row, true for every row that may name the person
   * @param how.subjects refs that are the person
   */
  erasePerson(
    eye: Eye,
    how: { suspect: (text: Statement) => Statement; subjects: readonly Ref[]; dryRun: boolean },
  ): Promise<Partial<Record<EvidenceKind, ErasedRecords>>>
  /** Registers a table a house derives from records. */
  derives(table: DerivedTable): void

  /**
   * Tells, once this process has taken records, about whom, so that what will be asked next can be prepared. A hint and no
   * promise: others may have told too, and what is told may not be readable yet. What is done runs outside any transaction.
   */
  hears(listener: (subjects: ReadonlySet<Ref>) => void): void

  /** Brings a derived table up to date for these subjects (all when left out); cheap when nothing came in. */
  fresh(name: string, subjects?: readonly Ref[]): Promise<void>

  /** Marks subjects of a derived table behind from a moment on: something else that it stands on changed. */
  reopen(name: string, subjects: readonly { subject: Ref; since: Instant }[]): Promise<void>

  /** Whether any derived table is behind what was learned. */
  isBehind(): Promise<boolean>

  /** Empties a derived table and derives it again from the records. */
  rebuild(name: string): Promise<void>

  /** All revisions of one record with what each said, oldest first. */
  history(id: EvidenceId, subject?: Ref): Promise<RecordHistory[]>

  /** Records that go by a number, a key, the beginning of a commit's sha, or words of an incident's title; the latest first. */
  named(text: string, how: { namespace: string | undefined; limit: number }): Promise<NamedRecord[]>

  /** Whether any of these imports told anything about a subject that is still known. */
  isToldOf(subject: Ref, importIds: readonly number[]): Promise<boolean>

  /** What there is, by kind, source and day, and which subjects nobody declared. */
  summary(): Promise<LedgerSummary>

  /** Records of a namespace told, changed or taken back after one moment and by another, of what happened before a third. */
  learnedSince(ask: { namespace: string; after: Instant; by: Instant; before: Instant }): Promise<LearnedSince>

  /**
   * The moment to state as the as-of of a report made now: by the ledger's own clock, which never runs backwards, so it may
   * be ahead of the machine's. Records that come after this call are learned later, so the report can be made again.
   */
  now(): Instant

  /** The same where several connections write at once: a moment by which everything learned can be read already. */
  present(): Promise<Instant>

  /**
   * Reads as of a moment. What is kept for the present answers (`null`) where nothing was learned since, also not
   * meanwhile; otherwise what was known at the moment does.
   */
  readAsOf<T>(asOf: Instant, work: (asOf: Instant | null) => Promise<T>): Promise<T>

  /** Reads the last moment of learning from the store, for a start after the machine's clock was set back. */
  catchUp(): Promise<Instant>
}

export interface RecordHistory {
  subject: Ref
  source: string
  id: string
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
  /** What it derives is kept with the moment it was found (links), and not only for the present. */
  learns?: boolean
  /** Earliest time from which a record can change the table; null when it cannot. */
  since(record: Evidence): Instant | null
  /**
   * Derives one subject again from `since` on; called in a transaction. One that takes a slice only gives the moment
   * from which on the rest is left, and is called again for it.
   */
  refresh(subject: Ref, since: Instant): Promise<Instant | void>
  /**
   * Works out what a refresh would write, outside a transaction, so that nobody else waits meanwhile where there is one
   * connection. What it gives is called in one: it writes that, or gives false, having written nothing, where what was read
   * no longer stands. Null where this is not to be done in two steps.
   */
  workOut?(subject: Ref, since: Instant): Promise<(() => Promise<boolean>) | null>
  /**
   * Takes what samples (`sli`) came to, in the transaction that keeps them. Where this is set their arrival marks nobody
   * behind, and `since` is not asked about them.
   */
  take?(changes: readonly SampleChange[]): Promise<void>
  /** Empties the table; called in a transaction. */
  clear(): Promise<void>
}

/** What the ledger holds now, records taken back not counted. */
export interface LedgerSummary {
  /** First and last moment are the earliest and latest ever stated. */
  kinds: { kind: EvidenceKind; source: string; records: number; firstAt: Instant; lastAt: Instant; lastLearned: Instant }[]
  /** Records by the day they happened (UTC) in the last 90 days; days without any are left out. */
  days: { kind: EvidenceKind; source: string; day: string; records: number }[]
  /** Subjects with records that no entity declares, most records first; the first 200 are named. */
  undeclared: { total: number; subjects: { subject: Ref; records: number }[] }
}
