/**
 * Values of one measure at even steps: days, weeks or months. What nobody told is missing (null), never zero.
 * Everything here is pure and works on such a list.
 */
export type Grid = readonly (number | null)[]

/** The values that are there, each with its place. */
export interface Known {
  places: Int32Array
  values: Float64Array
}

export function knownOf(grid: Grid): Known {
  const places = grid.flatMap((value, place) => (value === null ? [] : [place]))
  return { places: Int32Array.from(places), values: Float64Array.from(places, (place) => grid[place]!) }
}

/** Middle of a sample; NaN for none. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
