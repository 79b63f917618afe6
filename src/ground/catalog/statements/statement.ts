import type { Instant, Ref } from '../../core/index.ts'
import type { EntityDraft, EntityOrigin } from '../entity.ts'

/** One thing a source sees of an entity without anybody declaring it, and where. */
export interface Observation {
  /** `owner`, `repository`, `path`, `description`, … */
  fact: string
  value: string
  /** What it was seen in, in a word for people: `CODEOWNERS`, `manifest`, `tree`. */
  from: string
  file?: string
  line?: number
  /** The rule or field that says it. */
  because?: string
  /** The document that comes with it left this out, and the source put it there. */
  fills?: boolean
}

/** What one folder, form or repository states of an entity, at a moment. */
export interface Statement {
  ref: Ref
  /** The folder it was applied from, `scan:<repository>`; null for a form. */
  folder: string | null
  origin: EntityOrigin
  /** What it declares; null where it only sees. */
  doc: EntityDraft | null
  observed: Observation[]
  file?: string
  line?: number
  /** The document that stands for the entity. */
  stands: boolean
  /** When its document was first stated as it is. */
  since: Instant
  by: Ref
  /** When its folder or repository was last read; null where that was never noted. */
  seenAt: Instant | null
}

/** Whose statements are asked for. */
export interface StatementsOf {
  refs: readonly Ref[]
}
