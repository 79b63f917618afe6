import { type Interval, twoSidedZ } from '../statistics/index.ts'
import { type Grid, knownOf, median } from './grid.ts'
import { noiseOfRests } from './noise.ts'
import { seasonOf } from './season.ts'

/** A straight way through values that a few wild ones cannot bend. */
export interface Trend {
  /** Change of the value in one step. */
  slope: number
  /** Where the slope lies, given how the values scatter and remember. */
  interval: Interval
  /** Height of the line at a place. */
  heightAt(place: number): number
  /** Values it rests on. */
  n: number
}

/** Fewest known values of a trend. */
export const FEWEST_FOR_TREND = 8
/** More values are told by the medians of as many equal groups: 256 make 32,640 pairs. */
const MOST_GROUPS = 256

/**
 * Theil–Sen line: the slope is the median of the slopes of all pairs of values, its interval Sen's from the variance of
 * Kendall's S (P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63 (1968), 1379–1389),
 * widened for noise that remembers as in K. H. Hamed, A. R. Rao, "A modified Mann-Kendall trend test for autocorrelated
 * data", Journal of Hydrology 204 (1998), 182–196.
 * @param period steps of the rhythm taken out before, 1 for none
 * @returns null below eight values
 * @decision 0021
 */
export function trendOf(grid: Grid, period: number, level = 0.95): Trend | null {
  const known = knownOf(grid)
  const n = known.values.length
  if (n < FEWEST_FOR_TREND) return null
  const season = seasonOf(known, period)
  const plain = known.values.map((value, index) => value - season[known.places[index]! % period]!)
  const { places, values } = groupsOf({ places: known.places, values: plain })
  const slopes = slopesOf(places, values)
  const slope = middleOf(slopes)
  const height = median(values.map((value, index) => value - slope * places[index]!))
  const { memory } = noiseOfRests(values.map((value, index) => value - height - slope * places[index]!))
  const groups = values.length
  const reach = twoSidedZ(level) * Math.sqrt(((groups * (groups - 1) * (2 * groups + 5)) / 18) * ((1 + memory) / (1 - memory)))
  const rank = (position: number) => slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(position)))]!
  return {
    slope,
    interval: { low: rank((slopes.length - reach) / 2 - 1), high: rank((slopes.length + reach) / 2), level },
    heightAt: (place) => height + slope * place,
    n,
  }
}

/** Medians of equal groups of neighbours, each at the middle of its places. */
function groupsOf(known: { places: Int32Array; values: Float64Array }): { places: Float64Array; values: Float64Array } {
  const size = Math.ceil(known.values.length / MOST_GROUPS)
  if (size === 1) return { places: Float64Array.from(known.places), values: known.values }
  const groups = Math.ceil(known.values.length / size)
  const group = (values: Int32Array | Float64Array, index: number) => median(values.subarray(index * size, (index + 1) * size))
  return {
    places: Float64Array.from({ length: groups }, (_, index) => group(known.places, index)),
    values: Float64Array.from({ length: groups }, (_, index) => group(known.values, index)),
  }
}

/** Slopes of all pairs, ascending. */
function slopesOf(places: Float64Array, values: Float64Array): Float64Array {
  const n = values.length
  const slopes = new Float64Array((n * (n - 1)) / 2)
  let next = 0
  for (let later = 1; later < n; later++) {
    for (let earlier = 0; earlier < later; earlier++)
      slopes[next++] = (values[later]! - values[earlier]!) / (places[later]! - places[earlier]!)
  }
  return slopes.sort()
}

function middleOf(sorted: Float64Array): number {
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
