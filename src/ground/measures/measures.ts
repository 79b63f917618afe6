import type { Bucket, Instant, Reading, ReadingAsk, Row, Unit, Unknown, Window } from '../core/index.ts'
import type { SubjectShare } from '../catalog/index.ts'

/** What a house hands over for one piece of a question; the registry makes the reading of it. */
export type Collected = {
  /** Records that do not count, by reason code. */
  excluded: Record<string, number>
  /** Set when there is nothing to say, with the reason. */
  unknown?: Unknown
  /** Subjects (components, repositories) that had at least one record. */
  withData: number
} & (
  | { shape: 'values'; values: readonly number[] }
  | { shape: 'share'; hits: number; of: number }
  | { shape: 'rate'; events: number; days: number }
  /** Durations; an unfinished one is censored at the moment of asking. */
  | { shape: 'durations'; durations: readonly { seconds: number; ended: boolean }[] }
  | { shape: 'number'; value: number; n: number }
  | { shape: 'nothing' }
)

/** One piece of a question: one subject (or roll-up) in one window. */
export interface Piece {
  shares: readonly SubjectShare[]
  window: Window
}
export interface CollectAsk {
  pieces: readonly Piece[]
  where: Readonly<Record<string, string>>
  /** Only what happened before this. */
  at: Instant
  /** Only what was known by then; null for now (derived tables may answer). */
  asOf: Instant | null
}

/** A named question, answered from evidence. Registered by the house it belongs to. */
export interface MeasureDefinition {
  /** `delivery.change_lead_time` */
  id: string
  title: string
  question: string
  unit: Unit
  better: 'higher' | 'lower'
  /** One sentence: what counts, what does not, where the definition comes from. */
  definition: string
  dimensions?: readonly { name: string; default?: string }[]
  /** Evidence kinds it rests on, for freshness. */
  kinds: readonly string[]
  /** One answer per piece, in order; one query for all of them. */
  collect(ask: CollectAsk): Promise<Collected[]>
  /** The records behind one piece, newest first. */
  rows?(ask: CollectAsk & { limit: number; offset: number }): Promise<Row[]>
}

export interface Measures {
  register(definition: MeasureDefinition): void
  list(): MeasureDefinition[]
  get(id: string): MeasureDefinition | null

  /** One reading; window defaults to the last 28 days before `at`. An unregistered id with pushed measurements is answered from them. */
  read(ask: ReadingAsk): Promise<Reading>
  /** Cut into buckets, by component, or both; one collection for all. */
  readMany(ask: ReadingAsk & { bucket?: Bucket; by?: 'component' }): Promise<Reading[]>
  rows(ask: ReadingAsk & { limit?: number; offset?: number }): Promise<Row[]>
}

