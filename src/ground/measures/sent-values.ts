import type { SubjectShare } from '../catalog/index.ts'
import type { Instant, Window } from '../core/index.ts'

/** What several values of one day, week or month make. */
export type Keep = 'mean' | 'sum' | 'last'

/** "the sum of its values". */
export const KEEP_WORDS: Record<Keep, string> = { mean: 'the mean of its values', sum: 'the sum of its values', last: 'its last value' }

/** One value that was sent in, or what several of one bucket make. */
export interface SentValue {
  at: Instant
  value: number
  /** Values behind it. */
  n: number
}

export interface SentAsk {
  shares: readonly SubjectShare[]
  where: Readonly<Record<string, string>>
  /** From the first one on when left out. */
  from: Instant | undefined
  to: Instant
  at: Instant
  asOf: Instant | null
}

/** The values of a measure that is sent in. */
export interface SentValues {
  keep: Keep
  /** As they came, oldest first, at most so many. */
  asTheyCame(ask: SentAsk & { limit: number }): Promise<SentValue[]>
  /** One for each bucket that has any, dated by the bucket's beginning. */
  inBuckets(ask: SentAsk & { buckets: readonly Window[] }): Promise<SentValue[]>
  /** When the first one was measured. */
  first(ask: SentAsk): Promise<Instant | null>
}
