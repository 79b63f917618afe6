import type { Buckets } from '../../../../ground/intake/index.ts'

/** Rounding of ends that are powers of two. */
const SAME = 1 + 1e-9

/**
 * How many values of a histogram are at most a bound: of an exponential one at most the nearest end of a bucket.
 * @param scale of an exponential one: of two that are compared the coarser, whose ends both have
 * @returns null where no bucket ends there
 */
export function within({ bounds, counts, scale: own }: Buckets, bound: number, scale = own): number | null {
  if (scale === undefined) {
    const place = bounds.indexOf(bound)
    return place < 0 ? null : counts.slice(0, place + 1).reduce((sum, count) => sum + count, 0)
  }
  const perDoubling = 2 ** scale
  const end = 2 ** (Math.round(Math.log2(bound) * perDoubling) / perDoubling) * SAME
  // The first bucket holds what is next to nothing, or less.
  return counts.reduce((sum, count, n) => (n === 0 || (bounds[n] ?? Infinity) <= end ? sum + count : sum), 0)
}

/** How many came to be within a bound between two points of a series; null where that cannot be told. */
export function addedWithin(buckets: Buckets, before: Buckets | null, bound: number): number | null {
  if (before === null || (buckets.scale === undefined) !== (before.scale === undefined)) return null
  const scale = buckets.scale === undefined ? undefined : Math.min(buckets.scale, before.scale!)
  const [now, then] = [within(buckets, bound, scale), within(before, bound, scale)]
  return now === null || then === null ? null : Math.max(0, now - then)
}
