import type { EntityDraft, ToldPackages } from '../../../ground/catalog/index.ts'
import type { Instant, Ref } from '../../../ground/core/index.ts'
import type { Evidence, EvidenceKind } from '../../../ground/ledger/index.ts'
import type { AddressPair } from '../people/aliases.ts'

/** Where a scan puts what it finds: a store in this process, a server, a list in a test. */
export interface ScanSink {
  /** What `saveCursor` was last given for this repository; null or absent at first, or to read everything again. */
  readonly cursor?: unknown
  /**
   * Takes a batch; durable when it settles. The same records may come again after an interruption. The next batch is
   * only handed over when this one is done; git is kept waiting meanwhile.
   */
  append(records: Evidence[]): Promise<void>
  /**
   * Takes records back that HEAD no longer tells of, or gives them again with `undo` when it does once more. Some may
   * not be known to the sink: that is no error.
   */
  retract(which: readonly RecordName[], how: { undo: boolean }): Promise<void>
  /** Replaces what this repository's earlier scans inferred. */
  entities(folder: string, drafts: EntityDraft[]): Promise<void>
  /** Replaces what the lock files and manifests of this repository told of packages. */
  packages?(repository: Ref, told: ToldPackages): Promise<void>
  /** Notes that the repository was read and says what it said before. */
  wasRead?(folder: string): Promise<void>
  /** Takes addresses that the repository says are one person's. */
  people?(origin: 'mailmap' | 'signature', pairs: readonly AddressPair[]): Promise<void>
  /** Called once, when everything else is durable. */
  saveCursor(cursor: Record<string, unknown>): Promise<void>
}

export interface RecordName {
  subject: Ref
  source: 'git'
  kind: Extract<EvidenceKind, 'commit' | 'change' | 'deployment'>
  id: string
}

/** Reads what the descriptors of a tree declare. Its formats are no concern of git's: whoever wires a scan hands it over. */
export interface DeclarationReader {
  /** Whether a file of this name may describe components. */
  describes(path: string): boolean
  /** Whether a file of this name may define an API. */
  defines(path: string): boolean
  /** @param texts by path, the more important first */
  read(texts: ReadonlyMap<string, string>): EntityDraft[]
}

export interface ScanOptions {
  sink: ScanSink
  declarations: DeclarationReader
  /** The present moment; later dates are told as being in the future. */
  now: Instant
  onProgress?: (progress: ScanProgress) => void
  /** Ends the scan and its git processes; what was appended stays, and the next scan goes on from the last cursor. */
  signal?: AbortSignal
}

export interface ScanProgress {
  /** A few words for people: `reading messages`, `counting lines`, `writing changes`, `writing deployments`. */
  phase: string
  done: number
  /** Null while it is not known. */
  total: number | null
}

/** What a scan found. CONTRACTS: command line, scan. */
export interface ScanReport {
  /** Absolute. */
  path: string
  subject: Ref
  /** Reachable from HEAD, as `git rev-list --count HEAD` counts them. */
  commits: number
  /** Of them, those the last scan did not know. */
  newCommits: number
  /** All that HEAD tells of, not only new ones. */
  changes: number
  deployments: number
  /** Different people among the authors of commits, by address after the mailmap; programs are not counted. */
  authors: number
  /** Names of programs among the authors. */
  bots: string[]
  seconds: number
  /** What the reader should know, as sentences. */
  notes: string[]
}
