/**
 * The value below which a share of a sample lies, interpolated linearly between its neighbours: type 7 of
 * Hyndman & Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996), 361–365.
 * @param sorted ascending
 * @param share 0 ≤ share ≤ 1; 0.5 is the median
 * @returns null for an empty sample
 */
export function quantile(sorted: ArrayLike<number>, share: number): number | null {
  if (sorted.length === 0) return null
  const position = (sorted.length - 1) * share
  const below = Math.floor(position)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (position - below) * (high - low)
}

/** A copy in ascending order. */
export function ascending(values: readonly number[]): number[] {
  return Array.from(Float64Array.from(values).sort())
}
