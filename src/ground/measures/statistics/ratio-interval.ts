import type { Interval } from './interval.ts'
import { twoSidedZ } from './normal.ts'

/** Sums over all units, each with an amount y and a size x. */
export interface RatioSums {
  /** How many units there are. */
  units: number
  y: number
  x: number
  yy: number
  xy: number
  xx: number
}

/** Units from which on the normal approximation is told. */
const ENOUGH = 30

/**
 * Interval of Σy ÷ Σx over units drawn alike, by the linearised variance of a ratio: W. G. Cochran, "Sampling Techniques",
 * 3rd edition (1977), chapter 6.
 * @returns null with fewer than 30 units, or where nothing divides
 */
export function ratioInterval({ units, y, x, yy, xy, xx }: RatioSums, level = 0.95): Interval | null {
  if (units < ENOUGH || x === 0) return null
  const ratio = y / x
  const residual = Math.max(0, yy - 2 * ratio * xy + ratio * ratio * xx) / (units - 1)
  const half = (twoSidedZ(level) * Math.sqrt(units * residual)) / Math.abs(x)
  return { low: ratio - half, high: ratio + half, level }
}
