/**
 * Durations as an exponential histogram of scale 3 (OpenTelemetry data model, "ExponentialHistogram"): bucket n holds
 * durations above 2^(n/8) and up to 2^((n+1)/8) milliseconds, so a bucket is 9.05 % wide and a duration told by the middle
 * of its bucket is at most 4.4 % off.
 */
const PER_DOUBLING = 8

/** One microsecond and a day: what lies outside counts as the nearest. */
const LOWEST = -10 * PER_DOUBLING
const HIGHEST = 27 * PER_DOUBLING

/** How far the upper end of a bucket lies above its lower end. */
export const BUCKET_WIDTH = 2 ** (1 / PER_DOUBLING) - 1

/** Buckets and the calls in each. */
export type Durations = readonly (readonly [bucket: number, calls: number])[]

/** The bucket of a duration. */
export function bucketOf(milliseconds: number): number {
  if (!(milliseconds > 0)) return LOWEST
  const bucket = Math.ceil(Math.log2(milliseconds) * PER_DOUBLING) - 1
  return Math.min(HIGHEST, Math.max(LOWEST, bucket))
}

/** Longest duration in a bucket, in milliseconds. */
export function upperBound(bucket: number): number {
  return 2 ** ((bucket + 1) / PER_DOUBLING)
}

/**
 * The bucket whose upper end is nearest to a threshold: calls up to it count as within. What is counted so is off by at
 * most the calls within half a bucket of the threshold.
 */
export function thresholdBucket(milliseconds: number): number {
  return Math.max(LOWEST, Math.min(HIGHEST, Math.round(Math.log2(milliseconds) * PER_DOUBLING) - 1))
}

/**
 * The duration that a share of calls did not exceed, by the middle of its bucket (nearest-rank); null without calls.
 * @param share in (0, 1]
 */
export function quantile(durations: Durations, share: number): number | null {
  const all = durations.reduce((sum, [, calls]) => sum + calls, 0)
  if (all === 0) return null
  let left = Math.ceil(share * all)
  for (const [bucket, calls] of [...durations].sort(([a], [b]) => a - b)) {
    left -= calls
    if (left <= 0) return 2 ** ((bucket + 0.5) / PER_DOUBLING)
  }
  return null
}
