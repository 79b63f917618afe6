import type { Problem, Ref } from '../core/index.ts'
import type { EntityMetadata, EntityOrigin } from './entity.ts'
import type { LinkOrigin } from './links/link.ts'

export interface ApplyResult {
  files: number
  entities: number
  created: number
  updated: number
  unchanged: number
  removed: number
  problems: Problem[]
}

export interface ApplyHow {
  by: Ref
  /** Only count. */
  dryRun?: boolean
  /** Write nothing when any document is refused. */
  strict?: boolean
  /** Default `file`. */
  origin?: EntityOrigin
  /** Files of the folder that could not be read: what they stated before stays. */
  unreadable?: readonly string[]
  /** The caller has reported what `checkDraft` finds; only what the catalogue alone can know is added. */
  checked?: boolean
}

/** Another thing an entity is related to, as read from that entity. */
export interface Relation {
  /** `ownedBy`, or an inverse such as `servedBy`. */
  type: string
  ref: Ref
  kind: string
  title: string
  origin: LinkOrigin
  /** Nobody declares it. */
  dangling: boolean
}
export interface Relations {
  relations: Relation[]
  /** How many records are linked, by type of link and kind of record. */
  records: { type: string; kind: string; count: number }[]
}

export interface EntityFilter {
  /** Only these. */
  refs?: readonly Ref[]
  kind?: string
  namespace?: string
  /** Words to find in name, title, description, tags. */
  text?: string
  owner?: Ref
  limit?: number
  offset?: number
}

/** An entity as it leaves: what was written, and its relations to other entities. */
export interface ExportedEntity {
  apiVersion: string
  kind: string
  metadata: EntityMetadata
  spec: Record<string, unknown>
  relations: { type: string; targetRef: Ref }[]
}

/** Recognises names of erased people; identity has one. */
export interface CatalogEye {
  readonly isEmpty: boolean
  isErased(name: string): boolean
  without(value: unknown): unknown
}

/** What was, or would be, taken out of the catalogue. */
export interface ErasedEntities {
  /** Entities that are the person, with all their versions and links. */
  users: Ref[]
  /** Versions of other entities that named the person. */
  versions: number
}
