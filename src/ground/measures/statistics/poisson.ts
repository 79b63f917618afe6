import type { Interval } from './interval.ts'
import { twoSidedZ } from './normal.ts'

/**
 * Interval for the expected number of events where some were counted, by Byar's approximation to the exact Poisson
 * limits (Breslow and Day, Statistical Methods in Cancer Research II, 1987, formulas 2.8): right to a tenth of an event.
 * Events that come in bursts vary more than it says.
 */
export function poissonInterval(events: number, level: number): Interval {
  const z = twoSidedZ(level)
  const limit = (n: number, sign: -1 | 1) => (n === 0 ? 0 : n * (1 - 1 / (9 * n) + (sign * z) / (3 * Math.sqrt(n))) ** 3)
  return { low: limit(events, -1), high: limit(events + 1, 1), level }
}
