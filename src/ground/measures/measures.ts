import type { Audience, MeasureSource, SubjectShare } from '../catalog/index.ts'
import type { Bucket, Instant, Reading, ReadingAsk, Ref, Row, Unit, Window } from '../core/index.ts'
import type { ResolvedAsk } from './asking.ts'
import type { Collected } from './collected.ts'
import type { Keep, SentValues } from './sent-values.ts'
import type { MeasuredSeries, SeriesAsk } from './measured-series.ts'

/** One piece of a question: one subject (or roll-up) in one window. */
export interface Piece {
  /** What was asked about: a ref, or `namespace:<name>`. */
  subject: Ref
  shares: readonly SubjectShare[]
  window: Window
}
export interface CollectAsk {
  pieces: readonly Piece[]
  where: Readonly<Record<string, string>>
  /** Only what happened before this. */
  at: Instant
  /** Only what was known by then; null where what is known now is just that (derived tables may answer). */
  asOf: Instant | null
  /** The moment of the whole report, also where `asOf` is null: what is found for it may be kept meanwhile. */
  moment?: Instant
  /** Whose days, weeks and months count (IANA). */
  zone: string
}

/** A named question, answered from evidence. Registered by the house it belongs to. */
export interface MeasureDefinition {
  /** `delivery.change_lead_time` */
  id: string
  title: string
  question: string
  unit: Unit
  /** Which way is better; left out where nobody has said. */
  better?: 'higher' | 'lower'
  /** One sentence: what counts, what does not, where the definition comes from. */
  definition: string
  dimensions?: readonly { name: string; default?: string }[]
  /** Set for measures whose dimensions are whatever their records carry. */
  anyDimension?: boolean
  /** Evidence kinds it rests on, for freshness. */
  kinds: readonly string[]
  /** Set where it rests on links between records: those in records that just came are found before it is answered. */
  linked?: true
  /**
   * Set where answers about the present rest on derived rows that outlive forgotten records: for each piece the moment
   * before which even those are not whole; null where they are.
   */
  outlives?(ask: CollectAsk): Promise<(Instant | null)[]>
  /** One answer per piece, in order; one query for all of them. */
  collect(ask: CollectAsk): Promise<Collected[]>
  /** The records behind all pieces, newest first. */
  rows?(ask: CollectAsk & { limit: number; offset: number }): Promise<Row[]>
  /** The values themselves, where they are sent in instead of computed here. */
  sent?: SentValues
}

/** A measure as it is listed. */
export interface ListedMeasure extends Omit<MeasureDefinition, 'collect' | 'rows' | 'outlives' | 'linked' | 'sent'> {
  /** Registered by a house, declared by the organisation, or only ever sent in. */
  origin: 'registered' | 'declared' | 'pushed'
  /** Audiences it is told to first. */
  headline?: Audience[]
  /** What several values of one day make, where the measure is sent in. */
  sentIn?: Keep
}

/** What an organisation's own `Measure` entity says of a measure. */
export interface DeclaredMeasure {
  /** The entity's name. */
  id: string
  /** Where it is declared. */
  namespace: string
  title: string
  question: string
  unit: string
  better?: 'higher' | 'lower'
  definition?: string
  /** What it is answered from; measurements that are sent in where it does not say. */
  source: MeasureSource
  /** As written: audiences it is told to first, and what it replaces there. */
  headline?: readonly unknown[]
}

/** Finds the definition of another measure as the one that asks would: in its namespace, as known then. Never fails. */
export type FindMeasure = (id: string) => Promise<MeasureDefinition>

/** A `Measure` entity whose source is of one kind. */
export type DeclaredBy<Kind extends MeasureSource['kind']> = DeclaredMeasure & { source: Extract<MeasureSource, { kind: Kind }> }

export interface Measures {
  register(definition: MeasureDefinition): void
  /** Says how measures that the organisation declares with sources of a kind are answered. */
  registerSource<Kind extends MeasureSource['kind']>(
    kind: Kind,
    define: (declared: DeclaredBy<Kind>, find: FindMeasure) => MeasureDefinition | Promise<MeasureDefinition>,
  ): void
  /** Registered measures, by id. */
  list(): MeasureDefinition[]
  get(id: string): MeasureDefinition | null
  /** Everything that can be asked, or could be as of a moment: registered measures, `Measure` entities of a namespace, and ids that were only pushed. */
  listAll(namespace?: string, asOf?: Instant): Promise<ListedMeasure[]>

  /** One reading; window defaults to the last 28 days before `at`. An unregistered id with pushed measurements is answered from them. */
  read(ask: ReadingAsk): Promise<Reading>
  /** Cut into buckets, by component, or both; one collection for all. */
  readMany(ask: ReadingAsk & { bucket?: Bucket; by?: 'component' }): Promise<Reading[]>
  /** What a reading of a measure is, in words; and what a step of its series has where its values are sent in. */
  wordsOf(ask: ReadingAsk): Promise<Pick<ListedMeasure, 'definition' | 'sentIn'>>
  /** Decides what an ask leaves open: window, moments, zone. Nothing is read yet. */
  resolve(ask: ReadingAsk): Promise<ResolvedAsk>
  /** Its values over time: as they came where they are sent in and no bucket is asked for, else one a bucket. */
  series(ask: SeriesAsk): Promise<MeasuredSeries>
  /**
   * The records behind a reading, newest first; those that do not count say why. Default limit 1,000. `beside` is the moment
   * of readings they are shown with: theirs too where nothing was learned since, so that both are found once.
   */
  rows(ask: ReadingAsk & { limit?: number; offset?: number; beside?: Instant }): Promise<Row[]>
}
