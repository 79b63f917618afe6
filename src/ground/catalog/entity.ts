import type * as z from 'zod'
import type { Instant, Problem, Ref } from '../core/index.ts'
import type { Observation } from './statements/statement.ts'

/** A thing the organisation declares. */
export interface Entity {
  ref: Ref
  apiVersion: string
  kind: string
  metadata: EntityMetadata
  spec: Record<string, unknown>
  origin: EntityOrigin
  /** Folder it was applied from and file inside it, for entities from files. */
  folder?: string
  file?: string
  line?: number
  version: number
  updatedAt: Instant
  updatedBy: Ref
}

export type EntityOrigin = 'file' | 'form' | 'inferred'

export interface EntityMetadata {
  name: string
  namespace?: string
  title?: string
  description?: string
  /** Lists where the kind allows them. */
  labels?: Record<string, string | string[]>
  annotations?: Record<string, string>
  tags?: string[]
  links?: { url: string; title?: string; icon?: string; type?: string }[]
  [other: string]: unknown
}

/** What a file or form hands over. */
export interface EntityDraft {
  apiVersion: string
  kind: string
  metadata: EntityMetadata
  spec: Record<string, unknown>
  file?: string
  line?: number
  /** What its source sees of the thing without anybody declaring it; kept beside the document. */
  observed?: Observation[]
}

/** One kind of entity: its schema and the links its spec states. Houses register theirs. */
export interface EntityKind {
  /** As written in files: `Outcome`. */
  kind: string
  /** `throughline.dev/v1`, `backstage.io/v1alpha1`, …: versions this schema reads. */
  apiVersions: readonly string[]
  spec: z.ZodType
  /** Links the spec states, target still as written (a short form is read with `kind` as fallback). */
  links?(spec: Record<string, unknown>): StatedLink[]
  /** Values of labels may be any text, or lists of texts (OpenSLO). */
  looseLabels?: true
  /** What the schema refuses, in the words of its format; problems of the code `catalog.bad_spec` where the kind has none. */
  refuse?(error: z.ZodError, draft: EntityDraft): Problem[]
  /** Further checks that need no other entity. */
  check?(draft: EntityDraft, how?: CheckHow): Problem[]
  /** Checks against the others of the kind that stand, by ref; an earlier version of the draft may be among them. */
  against?(draft: EntityDraft, standing: ReadonlyMap<Ref, EntityDraft>): Problem[]
  /** Other kinds of its format whose documents `against` sees among the standing ones. */
  beside?: readonly string[]
}

export interface CheckHow {
  /** Hold documents of a format that has a strict reader to what that one accepts. */
  strict: boolean
}

export interface StatedLink {
  type: string
  /** As written in the file. */
  to: string
  /** Kind assumed when the target leaves it out. */
  kind?: string
  /** Where in the document, for messages: `spec.serves.0`. */
  path: string
  /** The format does not ask that anybody declares the target: that nobody does is nothing to warn of. */
  mayDangle?: true
}
