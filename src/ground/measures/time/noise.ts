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
 * Noise from differences of near values: a shift touches few of them, and those that stand out are left aside, so that
 * neither hides a change of level. After S. Chakar, E. Lebarbier, C. Lévy-Leduc, S. Robin, "A robust approach for
 * estimating change-points in the mean of an AR(1) process", Bernoulli 23 (2017), 1408–1447.
 */
export function noiseOfSteps(values: Float64Array): Noise {
  const one = meanSquareStep(values, 1)
  const two = meanSquareStep(values, 2)
  const memory = one > 0 ? clamp(two / one - 1) : 0
  return noise(Math.sqrt(one / (2 * (1 - memory))), memory, values.length)
}

/** Noise of the distances from a level that is already taken out; their ends may be pieces of different levels. */
export function noiseOfRests(wild: Float64Array, pieces = 1): Noise {
  const n = wild.length
  const most = outstanding(wild.map(Math.abs))
  const rests = wild.map((rest) => Math.max(-most, Math.min(most, rest)))
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

/** Sizes beyond this are no noise: four standard deviations. Where most are zero, none stands out. */
function outstanding(sizes: Float64Array): number {
  const middle = median(sizes)
  return middle > 0 ? 4 * 1.4826 * middle : Number.POSITIVE_INFINITY
}

function meanSquareStep(values: Float64Array, lag: number): number {
  const steps = stepsOf(values, lag)
  const most = outstanding(steps)
  const own = steps.filter((step) => step <= most)
  return own.reduce((sum, step) => sum + step ** 2, 0) / Math.max(1, own.length)
}

/** Standard deviation of differences of neighbours, whatever a few wild ones do. */
export function stepScale(values: Float64Array): number {
  return scaleOf(stepsOf(values, 1))
}

/** Sizes of the differences between values so many places apart. */
function stepsOf(values: Float64Array, lag: number): Float64Array {
  return Float64Array.from({ length: Math.max(0, values.length - lag) }, (_, index) => Math.abs(values[index + lag]! - values[index]!))
}

/** Standard deviation behind sizes, by their median; by their mean where most of them are zero. */
function scaleOf(sizes: Float64Array): number {
  if (sizes.length === 0) return 0
  const middle = 1.4826 * median(sizes)
  return middle > 0 ? middle : (sizes.reduce((sum, size) => sum + size, 0) / sizes.length) * Math.sqrt(Math.PI / 2)
}
