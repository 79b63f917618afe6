import type { Bucket, Instant, Reading, ReadingAsk, Unit, Window } from '../core/index.ts'

/** A question to a measure over time. */
export interface SeriesAsk extends ReadingAsk {
  bucket?: Bucket | undefined
}

/** One value of a series. */
export interface MeasuredPoint {
  at: Instant
  to: Instant
  /** Unknown is null, never zero. */
  value: number | null
  n: number
  low?: number | undefined
  high?: number | undefined
  quantiles?: Reading['quantiles']
  /** The window cuts the bucket short: shown, but nothing is concluded from it. */
  partial?: true
}

/** The values of a measure over time, and the even steps that statistics go by. */
export interface MeasuredSeries {
  definition: { title: string; question: string; unit: Unit; better?: 'higher' | 'lower' }
  /** The same window as one reading: n, what was left out, silent sources, coverage. */
  reading: Reading
  /** Null where the values stand as they came. */
  bucket: Bucket | null
  points: MeasuredPoint[]
  /** What a point is where it is not a reading of its bucket. */
  pointIs?: string
  step: Bucket
  /** Whole steps in order, and the value of each that is whole. */
  steps: Window[]
  values: (number | null)[]
  /** How far into a step values usually are dated, in milliseconds. */
  offset: number
  zone: string
}
