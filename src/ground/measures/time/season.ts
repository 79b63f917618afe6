import { type Known, median } from './grid.ts'

/** Rounds of estimating level and rhythm in turn; more change nothing to speak of. */
const ROUNDS = 2
/** How often the whole rhythm has to be seen before it is believed. */
export const FEWEST_ROUNDS = 4

/**
 * What each step of a rhythm adds to the level: the median distance from a running median, level and rhythm taken in
 * turn (backfitting with medians, so that neither a shift nor a stray day bends it).
 * @param period steps of the rhythm: 7 for days of a week
 * @returns one figure a step, summing to zero; zeros where the rhythm was not seen four times yet
 */
export function seasonOf({ places, values }: Known, period: number): Float64Array {
  const season = new Float64Array(period)
  if (period < 2 || values.length < FEWEST_ROUNDS * period) return season
  const rest = new Float64Array(values.length)
  for (let round = 0; round < ROUNDS; round++) {
    for (let index = 0; index < values.length; index++) rest[index] = values[index]! - season[places[index]! % period]!
    const level = round === 0 ? runningMean(rest, period) : runningMedian(rest, 2 * period + 1)
    const byStep: number[][] = Array.from({ length: period }, () => [])
    for (let index = 0; index < values.length; index++) byStep[places[index]! % period]!.push(values[index]! - level[index]!)
    const steps = byStep.map((distances) => (distances.length === 0 ? 0 : median(distances)))
    const middle = steps.reduce((sum, step) => sum + step, 0) / period
    steps.forEach((step, place) => (season[place] = step - middle))
  }
  return season
}

/** Mean of the neighbours within a window of so many values. */
function runningMean(values: Float64Array, width: number): Float64Array {
  const half = width >> 1
  return values.map((_, index) => {
    const from = Math.max(0, Math.min(index - half, values.length - width))
    const to = Math.min(values.length, from + width)
    let sum = 0
    for (let place = from; place < to; place++) sum += values[place]!
    return sum / (to - from)
  })
}

/** Median of the neighbours within a window of so many values, shorter at both ends. */
export function runningMedian(values: Float64Array, width: number): Float64Array {
  const half = width >> 1
  const own: number[] = [] // ascending
  const place = (value: number) => {
    let [low, high] = [0, own.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (own[middle]! < value) low = middle + 1
      else high = middle
    }
    return low
  }
  const put = (value: number) => own.splice(place(value), 0, value)
  const take = (value: number) => own.splice(place(value), 1)
  for (let index = 0; index < Math.min(half, values.length); index++) put(values[index]!)
  return values.map((_, index) => {
    if (index + half < values.length) put(values[index + half]!)
    if (index - half - 1 >= 0) take(values[index - half - 1]!)
    const middle = own.length >> 1
    return own.length % 2 ? own[middle]! : (own[middle - 1]! + own[middle]!) / 2
  })
}
