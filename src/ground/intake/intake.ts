import type { Instant, Problem, Ref } from '../core/index.ts'
import type { AppendResult, Basis, Evidence, Eye } from '../ledger/index.ts'
import type { Changed, Connection, ConnectionDay, Delivered, OpenConnection } from './connections/connection.ts'
import type { Delivery, SourceDefinition } from './connections/source.ts'
import type { DeclaredFinder, Finding, PullState } from './pulls/pull.ts'
import type { KeptKind, Retention, WouldForget } from './retention/retention.ts'
import type { LineParser, Retried } from './retry.ts'

/** One line of an import as its source parsed it: a record, or what is wrong with it and the line itself. */
export type Parsed = { record: Evidence } | { reject: { raw: string; problem: Problem } }

export interface ImportResult extends AppendResult {
  importId: number
  rejected: number
  problems: Problem[]
}

/** An import as the list of imports shows it. */
export interface Import extends ImportResult {
  label: string
  format: string
  by: Ref
  startedAt: Instant
  finishedAt: Instant | null
  /** Collects what a sender or a connection brings in a day; nobody finishes it. */
  daily: boolean
}

/** A line that could not be read, kept sealed with the reason until it is read again or discarded. */
export interface Reject {
  id: number
  importId: number
  at: Instant
  label: string
  code: string
  message: string
  fix?: string
  line?: number
  attempts: number
}

/** A repository or folder that is read again on a schedule. */
export interface Watch {
  id: number
  kind: 'repository' | 'folder'
  path: string
  everySeconds: number
  /** Whatever its source needs to go on where it stopped. */
  cursor: Record<string, unknown>
  lastRunAt: Instant | null
  lastError: string | null
  lastResult: Record<string, unknown> | null
}

/** The way in: imports that can be resumed, rejects that can be retried, things that are read again. */
export interface Intake {
  /** Opens an import. The same `label` and `fingerprint` as an unfinished one resumes it: `done` lines can be skipped. */
  begin(wish: { label: string; format: string; fingerprint?: string; by: Ref }): Promise<{ importId: number; done: number }>
  /**
   * One batch, durable when it returns; `done` is the line count reached. Written in slices, so that readers get in
   * between; sent again after a failure, what is there already is recognised.
   */
  batch(importId: number, parsed: readonly Parsed[], how: { by: Ref; basis?: Basis; done?: number }): Promise<ImportResult>
  finish(importId: number): Promise<ImportResult>
  /** Newest first, without their problems: those are the rejects. */
  imports(limit: number): Promise<Import[]>

  /** Newest first. `dropped` is how many of the oldest had to go because there were more than are kept. */
  rejects(filter: { limit: number; offset?: number }): Promise<{ total: number; dropped: number; rejects: Reject[] }>
  /** The raw line of a reject, unsealed. */
  rejectBody(id: number): Promise<string>
  /** Reads rejects again with the parser of their format: all, or one. */
  retry(which: { id: number } | 'all', by: Ref): Promise<Retried>
  /** Takes a corrected line in the place of a refused one; what is still wrong with it, or null. */
  correct(id: number, text: string, by: Ref): Promise<Problem | null>
  discard(id: number, by: Ref): Promise<void>
  /** Parsers by format, for retry, and what such records rest on (`explicit` unless said); registered by main. */
  registerFormat(format: string, parse: LineParser, basis?: Basis): void

  /** Kinds of systems that can be connected; registered by main. */
  registerSource(source: SourceDefinition): void
  sources(): SourceDefinition[]
  /** Lists that connections of a kind read beside those their settings name; registered by houses. */
  registerDeclared(kind: string, find: DeclaredFinder): void
  /** Connects a system. Secrets nobody gave are made; they are told this once. */
  connect(
    wish: { source: string; name?: string; settings: Record<string, unknown>; secrets: Record<string, string> },
    by: Ref,
  ): Promise<OpenConnection>
  connections(): Promise<Connection[]>
  connection(id: string): Promise<Connection>
  /** How each connection did by day, for as many days back; oldest first. */
  connectionDays(days: number): Promise<Map<string, ConnectionDay[]>>
  /** The last moment of each of the latest days on which something came, by connection and oldest first. */
  connectionRhythms(): Promise<Map<string, Instant[]>>
  /** Other settings for a connection, or another name; what is not given stays. Lists that are new are read a year back. */
  changeConnection(id: string, given: { name?: string | undefined; settings: Readonly<Record<string, unknown>> }): Promise<Changed>
  pauseConnection(id: string, paused: boolean): Promise<Connection>
  /** Keeps secrets the other side made, also instead of earlier ones. */
  giveSecrets(id: string, secrets: Readonly<Record<string, string>>): Promise<Connection>
  /** Makes the address and the secrets of this side anew, told this once; nothing is taken by the old ones any more. */
  renewConnection(id: string): Promise<OpenConnection>
  /** Forgets a connection; what it brought stays. */
  disconnect(id: string): Promise<void>
  /** Reads all lists of a connected system from the beginning: a year back, or since a moment. */
  backfill(id: string, since?: Instant): Promise<void>
  /** Pauses reading, goes on with what was paused or has failed, or ends it; what was read stays. */
  steerPulls(id: string, action: 'pause' | 'resume' | 'stop'): Promise<void>
  /** Lists that are read by ourselves, of one connection or of all. */
  pulls(id?: string): Promise<PullState[]>
  pullsDue(): Promise<boolean>
  /** Reads what is due until nothing is or the signal says to stop. Whatever ends it, the next call goes on from there. */
  pull(signal: AbortSignal): Promise<void>
  /** What can be seen of the other side with the secrets of a connection. */
  testConnection(id: string): Promise<Finding[]>
  /** Takes what a connected system pushed; durable when it returns. */
  deliver(id: string, key: string, delivery: Delivery): Promise<Delivered>
  /** For senders that ask before they send: refuses where nothing is connected. */
  permitDelivery(id: string, key: string): Promise<void>
  /** How long each kind of record is kept. */
  retention(): Promise<Retention[]>
  /** Keeps a kind for so many days; null: for good. */
  keepFor(kind: KeptKind, days: number | null, by: Ref): Promise<Retention>
  /** What keeping a kind for so many days would forget; changes nothing. */
  wouldForget(kind: KeptKind, days: number): Promise<WouldForget>
  /** Whether anything is older than it is kept. */
  anyOld(): Promise<boolean>
  /** Forgets records and rejects older than they are kept, and deliveries too old to be sent again; in slices. */
  forgetOld(): Promise<void>
  /** Deletes refused lines that name an erased person, or counts them; those sealed with another secret go too. */
  erasePerson(eye: Eye, how: { dryRun: boolean }): Promise<number>

  watch(wish: { kind: Watch['kind']; path: string; everySeconds?: number }, by: Ref): Promise<Watch>
  watches(): Promise<Watch[]>
  /** Those whose time to be read again has come. */
  watchesDue(): Promise<Watch[]>
  watched(id: number, outcome: { cursor?: Record<string, unknown>; error?: string; result?: Record<string, unknown> }): Promise<void>
  unwatch(id: number, by: Ref): Promise<void>

  /**
   * Posts to an address people chose, as pulls ask: never to a private one that is not allowed. Refuses with `outgoing.…`.
   * @returns the answer, whatever its status, with the seconds the other side asks us to wait: null, for a while; left out, not at all
   */
  post(request: { url: string; headers: Readonly<Record<string, string>>; body: string }): Promise<PostAnswer>

  setting<T>(key: string): Promise<T | null>
  setSetting(key: string, value: unknown): Promise<void>
  /** All settings whose key begins so, by what comes after it. */
  settings<T>(prefix: string): Promise<Map<string, T>>
  /** False when there was none. */
  removeSetting(key: string): Promise<boolean>
}

/** What another system said to what was posted. */
export interface PostAnswer {
  status: number
  /** The beginning of its answer, as text. */
  text: string
  waitSeconds?: number | null
}
