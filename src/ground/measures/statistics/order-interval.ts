import { binomialQuantile } from './binomial.ts'
import type { Interval } from './interval.ts'

/**
 * Confidence interval of a quantile between two order statistics, free of any assumption about the distribution:
 * how many of n values lie below the true quantile is binomial (W. J. Conover, "Practical Nonparametric Statistics",
 * 3rd ed., section 3.2).
 * @param sorted ascending
 * @param share the quantile: 0.5 for the median
 * @returns null where the sample is too small for the level: below 6 values for a median at 95 %
 */
export function orderInterval(sorted: readonly number[], share = 0.5, level = 0.95): Interval | null {
  const n = sorted.length
  const tail = (1 - level) / 2
  // Ranks count from 1. P(fewer than `lower` values below) ≤ tail, P(at least `upper` values below) ≤ tail.
  const lower = binomialQuantile(tail, n, share)
  const upper = binomialQuantile(1 - tail, n, share) + 1
  if (n === 0 || lower < 1 || upper > n) return null
  return { low: sorted[lower - 1]!, high: sorted[upper - 1]!, level }
}
