import { median } from './grid.ts'

/** How values scatter about their level, and how much of a day's distance the next one keeps. */
export interface Noise {
  /** Standard deviation. */
  sd: number
  /** Correlation of neighbours, 0 ≤ memory ≤ 0.9. */
  memory: number
  /** Standard deviation of independent values whose mean is as unsure: sd · √((1 + memory) / (1 − memory)). */
  longRun: number
}

const MOST_MEMORY = 0.9

/**
 * Noise from differences of near values: a shift touches few of them, so that it hides no change of level. After
 * S. Chakar, E. Lebarbier, C. Lévy-Leduc, S. Robin, "A robust approach for estimating change-points in the mean of an
 * AR(1) process", Bernoulli 23 (2017), 1408–1447, with mean squares, since wild values are pulled in before.
 */
export function noiseOfSteps(values: Float64Array): Noise {
  const one = meanSquareStep(values, 1)
  const two = meanSquareStep(values, 2)
  const memory = one > 0 ? clamp(two / one - 1) : 0
  return noise(Math.sqrt(one / (2 * (1 - memory))), memory, values.length)
}

/** Noise of the distances from a level that is already taken out; their ends may be pieces of different levels. */
export function noiseOfRests(rests: Float64Array, pieces = 1): Noise {
  const n = rests.length
  let [own, next] = [0, 0]
  for (let index = 0; index < n; index++) {
    own += rests[index]! ** 2
    if (index > 0) next += rests[index]! * rests[index - 1]!
  }
  if (own === 0) return noise(0, 0, n)
  // Taking out a mean makes the correlation look smaller by about (1 + 3 ρ) / n a piece (Marriott & Pope, 1954).
  const raw = next / own
  return noise(Math.sqrt(own / Math.max(1, n - pieces)), clamp(raw + (pieces * (1 + 3 * raw)) / n), n)
}

function noise(sd: number, memory: number, n: number): Noise {
  const most = clamp(memory + Math.sqrt((1 - memory ** 2) / Math.max(1, n)))
  return { sd, memory, longRun: sd * Math.sqrt((1 + most) / (1 - most)) }
}

function clamp(memory: number): number {
  return Math.min(MOST_MEMORY, Math.max(0, memory))
}

function meanSquareStep(values: Float64Array, lag: number): number {
  let sum = 0
  for (let index = lag; index < values.length; index++) sum += (values[index]! - values[index - lag]!) ** 2
  return sum / Math.max(1, values.length - lag)
}

/** Standard deviation of differences of neighbours, whatever a few wild ones do; their mean size where most of them are zero. */
export function stepScale(values: Float64Array): number {
  if (values.length < 2) return 0
  const steps = Float64Array.from({ length: values.length - 1 }, (_, index) => Math.abs(values[index + 1]! - values[index]!))
  const middle = 1.4826 * median(steps)
  return middle > 0 ? middle : (steps.reduce((sum, step) => sum + step, 0) / steps.length) * Math.sqrt(Math.PI / 2)
}
