import { ascending, quantile } from './quantile.ts'

/** How far a day may lie from its level, in robust standard deviations; a wilder one counts as that far. */
const WILD = 3.5
const ROUNDS = 2

/**
 * What is left of a series without its slow level and its rhythm: a local line (tricube weights, as in W. S. Cleveland,
 * "Robust Locally Weighted Regression", JASA 74 (1979), 829–836) and the mean of each step of the period, taken in
 * turn. Two series that merely both grew, or both rest on Sundays, have rests that do not move together.
 * @param values NaN where nothing is known; stays so
 * @param period steps of the rhythm: 7 for days of a week, 1 for none
 * @param reach steps the local line looks at on both sides
 */
export function restsOf(values: Float64Array, { period, reach }: { period: number; reach: number }): Float64Array {
  let season: Float64Array = new Float64Array(period)
  let rests: Float64Array = values
  for (let round = 0; round < ROUNDS; round++) {
    const level = localLine(
      values.map((value, at) => value - season[at % period]!),
      reach,
    )
    rests = values.map((value, at) => value - level[at]!)
    season = meanByStep(rests, period)
  }
  return tamed(rests.map((rest, at) => rest - season[at % period]!))
}

function localLine(values: Float64Array, reach: number): Float64Array {
  const weights = Float64Array.from({ length: reach + 1 }, (_, step) => (1 - (step / (reach + 1)) ** 3) ** 3)
  return values.map((_, at) => {
    let [w, wx, wxx, wy, wxy] = [0, 0, 0, 0, 0]
    for (let step = Math.max(-reach, -at); step <= reach && at + step < values.length; step++) {
      const value = values[at + step]!
      if (Number.isNaN(value)) continue
      const weight = weights[Math.abs(step)]!
      w += weight
      wx += weight * step
      wxx += weight * step * step
      wy += weight * value
      wxy += weight * step * value
    }
    const spread = w * wxx - wx * wx
    return spread > 1e-9 * w * wxx ? (wxx * wy - wx * wxy) / spread : wy / w
  })
}

/** One figure a step, summing to zero. */
function meanByStep(rests: Float64Array, period: number): Float64Array {
  const [sums, counts] = [new Float64Array(period), new Float64Array(period)]
  rests.forEach((rest, at) => {
    if (Number.isNaN(rest)) return
    sums[at % period]! += rest
    counts[at % period]! += 1
  })
  const means = sums.map((sum, step) => (counts[step]! > 0 ? sum / counts[step]! : 0))
  const middle = means.reduce((sum, mean) => sum + mean, 0) / period
  return means.map((mean) => mean - middle)
}

/** One wild day is not what moves together. */
function tamed(rests: Float64Array): Float64Array {
  const sizes = ascending(
    Array.from(
      rests.filter((rest) => !Number.isNaN(rest)),
      Math.abs,
    ),
  )
  const most = WILD * 1.4826 * (quantile(sizes, 0.5) ?? 0)
  return most > 0 ? rests.map((rest) => (rest > most ? most : rest < -most ? -most : rest)) : rests
}
