import type { Buckets } from '../../ground/intake/index.ts'
import { UnreadableBytes } from './wire/reader.ts'

/** An exponential histogram as it is sent (metrics.proto, ExponentialHistogramDataPoint). */
export interface Exponential {
  scale: number
  /** How many values are too near to nothing for any other bucket. */
  zeros: number
  positive: { offset: number; counts: readonly number[] }
  negative: { offset: number; counts: readonly number[] }
}

/** Scales the protocol knows ("Producer Expectations"); with others no bound is a number. */
const SCALES = { from: -10, to: 20 }
/** Finer ones are told as this: buckets 9.05 % wide, as durations of spans are kept. */
const FINEST = 3

/**
 * Its buckets by their upper ends, the first one up to the lowest of them: bucket n of a scale ends at 2^((n+1)/2^scale)
 * (OpenTelemetry data model, "ExponentialHistogram"). A scale finer than is told is joined, two and two.
 * @returns null where it has none, or its scale is none
 */
export function exponentialBuckets({ scale, zeros, positive, negative }: Exponential): Buckets | null {
  if (scale < SCALES.from || scale > SCALES.to) return null
  const told = Math.min(scale, FINEST)
  const joined = 2 ** (scale - told)
  const below = zeros + negative.counts.reduce((sum, count) => sum + count, 0)
  const first = Math.floor(positive.offset / joined)
  const counts: number[] = [below]
  positive.counts.forEach((count, n) => {
    const place = Math.floor((positive.offset + n) / joined) - first + 1
    counts[place] = (counts[place] ?? 0) + count
  })
  if (counts.length === 1) return { bounds: [0], counts: [below, 0], scale: told }
  const bounds = counts.map((_, n) => 2 ** ((first + n) / 2 ** told))
  return { bounds, counts: [...counts, 0], scale: told }
}

/** Buckets of one histogram: exporters have 160 of them unless told otherwise. */
const MOST_BUCKETS = 5_000

/** Refuses more buckets than any exporter has: they are many in few bytes, and would be remembered. */
export function demandFewBuckets(count: number): void {
  if (count > MOST_BUCKETS) throw new UnreadableBytes(`a histogram has more than ${MOST_BUCKETS} buckets`)
}
