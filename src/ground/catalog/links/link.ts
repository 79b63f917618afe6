import type { Instant, Ref } from '../../core/index.ts'

export type LinkOrigin = 'declared' | 'trailer' | 'reference' | 'inferred'
export type LinkStatus = 'accepted' | 'suggested' | 'refused'

/**
 * A typed link between two things, each a ref or a record. A record other than a commit carries its subject here
 * (`change:git/42@repository:default/shop`, see `recordNode`), since ids repeat between subjects.
 */
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
  /** When the linking record happened, for links of records; otherwise the moment it was stated. */
  at?: Instant
}

export interface TraceNode {
  /** Ref or evidence id; followed by `@subject` only where two subjects in one answer share the id. */
  id: string
  kind: string
  title: string
  /** For records: whom they tell of. */
  subject?: Ref
  /** Steps from where the trace began; 0 for the start. Negative is up, towards outcomes. */
  depth: number
  /** Not declared anywhere. */
  dangling?: boolean
  at?: string
  /** How many further neighbours were left out (too many to list). */
  more?: number
  /** What it asks of people at that moment: that its reason no longer holds. */
  asks?: string[]
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
 * A house's links that are too many to keep as rows of their own (a deployment contains commits), and what it knows
 * of the records at the ends of links. Nodes are named as in links. Asked for a set of nodes at once.
 */
export interface LinkProvider {
  name: string
  /**
   * All neighbours of these nodes, in both directions.
   * @param limit neighbours listed for one node at most; `more` says how many were left out
   * @param direction where the trace is going: links that lead the other way need not be looked for
   * @param asOf only what was known by then; everything known now when left out
   */
  neighbours(
    ids: readonly string[],
    limit: number,
    direction: 'up' | 'down',
    asOf?: Instant,
  ): Promise<{ edges: TraceEdge[]; nodes: Omit<TraceNode, 'depth'>[]; more?: Record<string, number> }>
  /** Titles and times of records. A record named without its subject gives one node per subject that has it. */
  describe?(ids: readonly string[], asOf?: Instant): Promise<Omit<TraceNode, 'depth'>[]>
  /** Brings the links the house keeps in the catalogue up to date, before they are read. */
  fresh?(): Promise<void>
}

/** Finds the subjects evidence tells of in a namespace, declared or not; with a moment, those it was known to tell of then. */
export type SubjectFinder = (namespace: string, asOf?: Instant) => Promise<Ref[]>

/** Tells which of these things ask something of people at a moment, and what; houses that watch things register theirs. */
export type AskFinder = (refs: readonly Ref[], asOf: Instant) => Promise<ReadonlyMap<Ref, readonly string[]>>
