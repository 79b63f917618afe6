import type { NodeId } from '../../../ground/catalog/index.ts'
import type { Instant, Ref } from '../../../ground/core/index.ts'

/** A commit, change or work item as the matcher sees it. */
export interface WorkRecord {
  kind: 'commit' | 'change' | 'work_item'
  node: NodeId
  subject: Ref
  source: string
  id: string
  /** Of a commit. */
  sha?: string
  at: Instant
  title: string
  /** What follows the title; of a change also the messages of its commits. */
  body: string
  /** Keys in lower case; of a change also those of its commits. */
  trailers: Readonly<Record<string, readonly string[]>>
  labels: readonly string[]
  /** What its source says it names. */
  refs: readonly string[]
  /** Branch it was made on. */
  branch?: string
  /** Work item above it, by id. */
  parent?: string
  /** The change's own number, which its title may repeat. */
  number?: number
  /** Paths of files it touches; not all of very many. */
  paths: readonly string[]
  bot: boolean
  /** Joins branches and has no content of its own. */
  merge: boolean
}
