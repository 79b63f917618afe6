import type * as z from 'zod'
import type { Instant, Problem, Ref } from '../core/index.ts'

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
  labels?: Record<string, string>
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
  /** Further checks that need no other entity. */
  check?(draft: EntityDraft): Problem[]
}

export interface StatedLink {
  type: string
  /** As written in the file. */
  to: string
  /** Kind assumed when the target leaves it out. */
  kind?: string
  /** Where in the document, for messages: `spec.serves.0`. */
  path: string
}

export type LinkOrigin = 'declared' | 'trailer' | 'reference' | 'inferred'
export type LinkStatus = 'accepted' | 'suggested' | 'refused'

/** A typed link between two things, each a ref or an evidence id. */
export interface Link {
  from: string
  type: string
  to: string
  origin: LinkOrigin
  /** 0 to 1; 1 for declared. */
  confidence: number
  status: LinkStatus
  /** Why an inferred link is thought to hold, for people. */
  because?: string
}

export interface TraceNode {
  /** Ref or evidence id. */
  id: string
  kind: string
  title: string
  /** Steps from where the trace began; 0 for the start. Negative is up, towards outcomes. */
  depth: number
  /** Not declared anywhere. */
  dangling?: boolean
  at?: string
  /** How many further neighbours were left out (too many to list). */
  more?: number
}
export interface TraceEdge {
  from: string
  type: string
  to: string
  origin: LinkOrigin
  confidence: number
  /** Holds only by component membership: shown apart. */
  weak: boolean
}
export interface Trace {
  nodes: TraceNode[]
  edges: TraceEdge[]
}

/**
 * A house's links that are too many to keep as rows of their own (a deployment contains commits).
 * Asked for all neighbours of a set of nodes at once.
 */
export interface LinkProvider {
  name: string
  neighbours(ids: readonly string[], limit: number): Promise<{ edges: TraceEdge[]; nodes: Omit<TraceNode, 'depth'>[]; more?: Record<string, number> }>
}

export interface Gap {
  /** `outcome_without_work`, `work_without_outcome`, `principle_uncited`, … */
  code: string
  ref: string
  message: string
  fix: string
}
/** Finds holes; houses register theirs. */
export interface GapFinder {
  code: string
  find(scope: { namespace: string; at: Instant }): Promise<Gap[]>
}

export interface ApplyResult {
  files: number
  entities: number
  created: number
  updated: number
  unchanged: number
  removed: number
  problems: Problem[]
}

export interface EntityFilter {
  kind?: string
  namespace?: string
  /** Words to find in name, title, description, tags. */
  text?: string
  owner?: Ref
  limit?: number
  offset?: number
}

/** The evidence that tells of one thing: which subjects, and which share of a repository's files. */
export interface SubjectShare {
  /** The ref asked for. */
  ref: Ref
  /** Subjects evidence may carry for it, aliases included. */
  subjects: Ref[]
  /** Repository whose commits tell of it, when there is one. */
  repository?: Ref
  /** Path prefix inside the repository, without a slash at the ends; all of it when left out. */
  path?: string
  /** How its deployments are known: version tags (with prefix), every commit on main, or explicit events only. */
  deployments: { by: 'tags'; prefix?: string } | { by: 'main' } | { by: 'events' }
}

/** Entities and links: what the organisation intends and how things hang together. */
export interface Catalog {
  registerKind(kind: EntityKind): void
  registerLinks(provider: LinkProvider): void
  registerGaps(finder: GapFinder): void
  kinds(): EntityKind[]

  /** Schema and grammar of drafts, without touching the store; place is added by whoever read the file. */
  checkDraft(draft: EntityDraft): Problem[]

  /**
   * Writes every valid draft of one folder and removes what came from the same folder and is gone.
   * One transaction; with `dryRun` it is only counted.
   */
  applyFolder(folder: string, drafts: readonly EntityDraft[], how: { by: Ref; dryRun?: boolean; origin?: EntityOrigin }): Promise<Omit<ApplyResult, 'files'>>

  /** Writes one entity from a form. Refuses when `expectedVersion` is not the present one. */
  write(draft: EntityDraft, how: { by: Ref; expectedVersion?: number }): Promise<Entity>
  remove(ref: Ref, how: { by: Ref; expectedVersion?: number }): Promise<void>

  get(ref: Ref, asOf?: Instant): Promise<Entity | null>
  list(filter: EntityFilter, asOf?: Instant): Promise<Entity[]>
  count(filter: EntityFilter): Promise<number>
  versions(ref: Ref): Promise<{ version: number; at: Instant; by: Ref; origin: EntityOrigin; removed: boolean; doc: EntityDraft }[]>

  /** Links that touch these ids, both directions, from kept rows. */
  links(ids: readonly string[], statuses?: readonly LinkStatus[]): Promise<Link[]>
  /** Replaces all links one owner states (an entity, a source of inferences). Decisions of people on suggestions are kept. */
  replaceLinks(owner: string, links: readonly Link[], how: { by: Ref }): Promise<void>
  /** Adds links without touching others of that owner. */
  addLinks(owner: string, links: readonly Link[], how: { by: Ref }): Promise<void>
  /** Accepts or refuses a suggestion; kept for good, also when the suggestion is found again. */
  settle(link: { from: string; type: string; to: string }, status: 'accepted' | 'refused' | 'suggested', how: { by: Ref }): Promise<void>
  suggestions(filter: { namespace?: string; limit: number; offset?: number }): Promise<{ total: number; links: Link[] }>

  trace(id: string, direction: 'up' | 'down' | 'both', depth: number): Promise<Trace>
  gaps(scope: { namespace: string; at: Instant }): Promise<Gap[]>

  /** Which evidence tells of a ref: a repository, a component, a system, `namespace:<name>`. */
  shares(ref: Ref): Promise<SubjectShare[]>
}
