import type { Unit, Unknown } from '../core/index.ts'
import type { Duration } from './statistics/index.ts'

/** What a house hands over for one piece of a question; the registry makes the reading of it. */
export type Collected = {
  /** Records that do not count, by reason code. */
  excluded: Record<string, number>
  /** Set when there is nothing to say, with the reason. */
  unknown?: Unknown
  /** Where the unit is only known with the answer: the currency of money. */
  unit?: Unit
  /** Subjects (components, repositories) that had at least one record. */
  withData: number
} & (
  | { shape: 'values'; values: readonly number[] }
  | { shape: 'share'; hits: number; of: number }
  | { shape: 'rate'; events: number; days: number }
  /** Durations; an unfinished one is censored at the moment of asking. */
  | { shape: 'durations'; durations: readonly Duration[] }
  | { shape: 'number'; value: number; n: number }
  | { shape: 'nothing' }
)
