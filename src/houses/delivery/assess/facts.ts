import type { Instant, Ref } from '../../../ground/core/index.ts'

/** What every record says of itself. */
export interface Told {
  /** `<kind>:<source>/<id>` */
  id: string
  /** Whom it tells of: one scope may read several subjects, which share ids. */
  subject: Ref
  source: string
  /** 0 inferred, 1 observed, 2 explicit. */
  basis: number
  at: Instant
}

export interface CommitRecord extends Told {
  sha: string
  parents: readonly string[]
  authoredAt: Instant
  committedAt: Instant
  /** First line of its message. */
  title: string | null
  /** Lines added and deleted by people; null when not known (a merge commit, a bare event). */
  lines: number | null
  /** Lines of generated and vendored files, apart. */
  generatedLines: number | null
  /** The commit it reverts. */
  reverts: string | null
  bot: boolean
  /** Whether it touches the share asked about; null when its files are not known. */
  touches: boolean | null
  /** Whether its source found it on the main line in no change; null when its source does not say. */
  mainline: boolean | null
}

export interface ChangeRecord extends Told {
  number: number | null
  title: string | null
  url: string | null
  branch: string | null
  labels: readonly string[] | null
  openedAt: Instant | null
  firstReviewAt: Instant | null
  approvedAt: Instant | null
  mergedAt: Instant | null
  closedAt: Instant | null
  mergeCommit: string | null
  /** Its commits as the forge lists them. */
  commits: readonly { sha: string; authoredAt: Instant }[] | null
  lines: number | null
  generatedLines: number | null
  /** The commit or change it reverts. */
  reverts: string | null
  bot: boolean
  /** True when the record names the very thing asked about, not the repository it is a part of. */
  own: boolean
}

export interface DeploymentRecord extends Told {
  commit: string
  /** All that it newly contains, when the sender says so. */
  commits: readonly string[] | null
  startedAt: Instant | null
  finishedAt: Instant
  outcome: 'success' | 'failure' | 'cancelled'
  planned: boolean | null
  /** Incident it fixes. */
  fixes: string | null
  /** Deployment it rolls back. */
  rollbackOf: string | null
  artifact: string | null
  url: string | null
}

export interface IncidentRecord extends Told {
  title: string
  url: string | null
  openedAt: Instant
  resolvedAt: Instant | null
  /** Deployment id, commit or artifact. */
  causedBy: string | null
  /** Commit and artifact it was seen on, when its source says so. */
  commit: string | null
  artifact: string | null
  /** Ids of the same incident elsewhere. */
  aliases: readonly string[] | null
}

/** What is known of one subject and environment. */
export interface Facts {
  commits: readonly CommitRecord[]
  changes: readonly ChangeRecord[]
  deployments: readonly DeploymentRecord[]
  incidents: readonly IncidentRecord[]
  /** Whether work whose files nobody knows belongs to this share: it does to a whole repository, not to a folder of it. */
  unplaced: boolean
}

/** How it is known that a deployment brought a commit: its sender said so, or history says so. `first`: nothing came before it. */
export type Method = 'stated' | 'ancestry' | 'first'

/** Where one commit stands. */
export interface CommitRow {
  sha: string
  /** False for a commit that is only named, by a parent's child, a deployment or a change. */
  known: boolean
  /** The commit of the main line that brought it in: itself, or the merge; null while it is on no main line. */
  main: string | null
  /** When the main line was first seen to hold it; Infinity while it does not. */
  integratedAt: Instant
  /** The first deployment that held it. */
  deployment: string | null
  deployedAt: Instant
  method: Method | null
  /** The unit of delivery it belongs to; null for bookkeeping such as a merge without work of its own. */
  unit: string | null
}

/**
 * A unit of delivery: a change, or a commit on the main line without one. Null is unknown, never zero. A change that
 * is neither merged nor deployed is kept as well, since commits are its own already; it counts for nothing yet.
 */
export interface ChangeRow {
  id: string
  /** False for a change of the repository that does not touch the share asked about: it only explains commits. */
  here: boolean
  /** All records that tell of it, its own id first. */
  records: readonly string[]
  number: number | null
  /** The merge commit, or the commit itself. */
  sha: string | null
  /** Every commit of it, sorted. */
  commits: readonly string[]
  title: string | null
  url: string | null
  authoredAt: Instant | null
  openedAt: Instant | null
  reviewedAt: Instant | null
  mergedAt: Instant | null
  /** First deployment that held any of its commits. */
  deployment: string | null
  deployedAt: Instant | null
  method: Method | null
  leadSeconds: number | null
  codingSeconds: number | null
  reviewWaitSeconds: number | null
  reviewSeconds: number | null
  deployWaitSeconds: number | null
  lines: number | null
  generatedLines: number | null
  reverts: string | null
  hotfix: boolean
  flags: readonly string[]
  /** Why it has no lead time although it was deployed. */
  excluded: string | null
}

/**
 * What a deployment was: the first of its commit, or one that counts beside: the commit again, going back, a commit
 * that an earlier deployment already held, or none because it did not succeed.
 */
export type DeploymentKind = 'first' | 'redeployment' | 'rollback' | 'older_commit' | 'unsuccessful'

/** Why a deployment counts as failed. */
export interface FailureLink {
  /** The record that says so. */
  to: string
  type: 'incident' | 'rollback' | 'revert' | 'fix'
  method: string
  /** 0 to 1. */
  confidence: number
  /** When it was known. */
  at: Instant
  /** When it was over; null while it is not. */
  endedAt: Instant | null
}

/** One deployment, however many records tell of it. */
export interface DeploymentRow {
  id: string
  records: readonly string[]
  commit: string
  artifact: string | null
  startedAt: Instant | null
  finishedAt: Instant
  kind: DeploymentKind
  /** How many further regions or repetitions within the hour. */
  repeats: number
  planned: boolean | null
  fixes: string | null
  rollbackOf: string | null
  /** True when its evidence was inferred only, from a tag for example. */
  inferred: boolean
  url: string | null
  /** Unplanned work on a failure users met. */
  rework: boolean
  failures: readonly FailureLink[]
  /** The records that say so, each once. */
  failedBy: readonly string[]
  failedAt: Instant | null
  /** Earliest end of the failure; null while it lasts, or when there was none. */
  recoveredAt: Instant | null
  flags: readonly string[]
}

/** Everything derived from facts, in the order of ids. */
export interface Derived {
  commits: CommitRow[]
  changes: ChangeRow[]
  deployments: DeploymentRow[]
}
