import type { Interval } from './interval.ts'
import { twoSidedZ } from './normal.ts'

/**
 * Wilson score interval of a share: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical
 * Inference", Journal of the American Statistical Association 22 (1927), 209–212. Holds for few trials and shares near 0 or 1.
 * @param hits of @param of trials, 0 ≤ hits ≤ of
 * @returns null without trials
 */
export function wilsonInterval(hits: number, of: number, level = 0.95): Interval | null {
  if (of === 0) return null
  const z = twoSidedZ(level)
  const share = hits / of
  const spread = 1 + (z * z) / of
  const centre = (share + (z * z) / (2 * of)) / spread
  const half = (z / spread) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  return { low: hits === 0 ? 0 : Math.max(0, centre - half), high: hits === of ? 1 : Math.min(1, centre + half), level }
}
