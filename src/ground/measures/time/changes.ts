import { quantile } from '../statistics/index.ts'
import { type Grid, type Known, knownOf, median } from './grid.ts'
import { type Noise, noiseOfRests, noiseOfSteps, stepScale } from './noise.ts'
import { runningMedian, seasonOf } from './season.ts'
import { restsOf, settleSplits, splitMeans } from './segments.ts'

/** A shift of level. */
export interface Change {
  /** Place of the first value of the new level. */
  place: number
  /** Levels on both sides, without the rhythm: medians up to the next changes; means where most values are the same. */
  before: number
  after: number
  /** 1 minus the chance that mere noise of this length and memory looks like that anywhere. */
  confidence: number
  /** How large the shift is, in standard deviations of the noise; null where there is no noise at all. */
  size: number | null
}

/** Fewest known values in which changes are looked for: eight weeks of days, else two dozen. */
export function fewestForChanges(period: number): number {
  return period === 7 ? 56 : 24
}
/**
 * Fewest values at one level, fewer are a blip; and within how many places a change is told well: working days and half
 * a week of days, less of weeks and months.
 */
export const patienceOf = (period: number) => (period === 7 ? { shortest: 5, near: 3 } : { shortest: 3, near: 1 })

/** Below this confidence a shift is taken for noise. */
const SURE = 0.99
/** Values farther from their neighbours' median than so many standard deviations count as that far: one wild day is no change. */
const WILD = 3
const ROUNDS = 3

/**
 * Shifts of level: rhythm taken out, wild values pulled in, pieces of constant mean found exactly at a price that grows
 * with the length and with the memory of the noise, each then held against what noise alone would show. A level that
 * drifts along a straight line is a trend and no change.
 * @param period steps of the rhythm, 1 for none
 * @returns null where there are too few values to tell
 * @decision 0021
 */
export function changesOf(grid: Grid, period: number): Change[] | null {
  const known = knownOf(grid)
  const n = known.values.length
  if (n < fewestForChanges(period)) return null
  const { shortest, near } = patienceOf(period)
  const sparse = isSparse(known.values)
  const even = { places: known.places, values: evened(known.values) }
  const plain = sparse ? even.values : withoutRhythm(even, period)
  const tame = sparse ? plain : pulledIn(plain, shortest)
  const { splits, noise } = splitsOf(tame, shortest)
  if (splits.length === 0 || driftsStraight(tame, splits, noise)) return []
  const sure = surest(
    tame,
    settleSplits(tame, splits, { memory: noise.memory, surpriseSd: noise.sd * Math.sqrt(1 - noise.memory ** 2), shortest, near }),
    noise,
    shortest,
  )
  const borders = [0, ...sure.map(({ split }) => split), n]
  const told = sparse ? known.values : withoutRhythm(known, period)
  const levelOf = sparse ? meanOf : median
  return sure.map(({ split, confidence }, index) => {
    const [from, to] = [borders[index]!, borders[index + 2]!]
    const step = levelOf(plain.subarray(split, to)) - levelOf(plain.subarray(from, split))
    return {
      place: known.places[split]!,
      before: levelOf(told.subarray(from, split)),
      after: levelOf(told.subarray(split, to)),
      confidence,
      size: noise.sd > 0 ? Math.abs(step) / noise.sd : null,
    }
  })
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function withoutRhythm(known: Known, period: number): Float64Array {
  const season = seasonOf(known, period)
  return known.values.map((value, index) => value - season[known.places[index]! % period]!)
}

/** Whether most values are one and the same, as where something happens only now and then: then what differs is no wild value. */
function isSparse(values: Float64Array): boolean {
  const middle = median(values)
  return values.reduce((same, value) => same + (value === middle ? 1 : 0), 0) > values.length / 2
}

/** Skewness of quantiles from which on values are taken as ratios. */
const SKEWED = 0.25

/**
 * Values whose noise is about as wide upwards as downwards: logarithms of positive ones that lean to the right, as
 * durations do, square roots where zeros are among them. The lean is (q90 + q10 − 2 q50) / (q90 − q10) of what is left
 * beside a running median (D. V. Hinkley, "On power transformations to symmetry", Biometrika 62 (1975), 101–111).
 */
function evened(values: Float64Array): Float64Array {
  const least = Math.min(...values)
  if (least < 0) return values
  const level = runningMedian(values, 15)
  const rests = values.map((value, index) => value - level[index]!).sort()
  const [low, middle, high] = [0.1, 0.5, 0.9].map((share) => quantile(rests, share)!) as [number, number, number]
  if (!((high + low - 2 * middle) / (high - low) > SKEWED)) return values
  return least > 0 ? values.map(Math.log) : values.map(Math.sqrt)
}

/** Neighbours on one side that a value is held against, itself included. */
const NEIGHBOURS = 5

/**
 * Pulls in what lies far from the values before it and from those after it: the first day of a new level is near to what
 * follows, one wild day is near to nothing.
 */
function pulledIn(values: Float64Array, shortest: number): Float64Array {
  const n = values.length
  const most = (WILD * stepScale(values)) / Math.SQRT2
  return values.map((value, index) => {
    const from = Math.min(index, n - shortest)
    const to = Math.max(index + 1, shortest)
    const after = median(values.subarray(from, from + NEIGHBOURS))
    const before = median(values.subarray(Math.max(0, to - NEIGHBOURS), to))
    const near = Math.abs(value - after) < Math.abs(value - before) ? after : before
    return near + Math.max(-most, Math.min(most, value - near))
  })
}

/** Pieces and noise in turn: each needs the other. */
function splitsOf(values: Float64Array, shortest: number): { splits: number[]; noise: Noise } {
  let noise = noiseOfSteps(values)
  let splits: number[] = []
  for (let round = 0; round < ROUNDS && noise.sd > 0; round++) {
    const found = splitMeans(values, priceOf(values.length, noise), shortest)
    const same = found.join() === splits.join() && round > 0
    splits = found
    noise = noiseOfRests(restsOf(values, splits), splits.length + 1)
    if (same) break
  }
  return { splits, noise }
}

/** What a change must save: 3 ln n times the variance of the noise, memory included. */
function priceOf(n: number, { longRun }: Noise): number {
  return 3 * Math.log(n) * longRun ** 2
}

/** Whether one straight line tells the values as well as the pieces do. */
function driftsStraight(values: Float64Array, splits: readonly number[], noise: Noise): boolean {
  const n = values.length
  const middle = (n - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  let [cross, spread] = [0, 0]
  for (let index = 0; index < n; index++) {
    cross += (index - middle) * values[index]!
    spread += (index - middle) ** 2
  }
  const slope = cross / spread
  const line = values.reduce((sum, value, index) => sum + (value - mean - slope * (index - middle)) ** 2, 0)
  const pieces = restsOf(values, splits).reduce((sum, rest) => sum + rest ** 2, 0)
  return line + priceOf(n, noise) <= pieces + splits.length * priceOf(n, noise)
}

/** Drops the least sure split until all that are left are sure. */
function surest(values: Float64Array, splits: readonly number[], noise: Noise, shortest: number): { split: number; confidence: number }[] {
  let left = [...splits]
  for (;;) {
    const judged = left.map((split, index) => ({
      split,
      confidence: confidenceOf(values, [left[index - 1] ?? 0, split, left[index + 1] ?? values.length], noise, shortest),
    }))
    const worst = judged.reduce((least, one) => (one.confidence < least.confidence ? one : least), { split: -1, confidence: 1 })
    if (worst.split === -1 || worst.confidence >= SURE) return judged
    left = left.filter((split) => split !== worst.split)
  }
}

/**
 * 1 minus the chance that the largest standardised difference of means over all splits of pure noise reaches the one seen
 * (R. Miller, D. Siegmund, "Maximally selected chi square statistics", Biometrics 38 (1982), 1011–1016), the split being
 * looked for in the whole list.
 */
function confidenceOf(values: Float64Array, [from, split, to]: [number, number, number], { longRun }: Noise, shortest: number): number {
  const mean = (start: number, end: number) => meanOf(values.subarray(start, end))
  const z = Math.abs(mean(split, to) - mean(from, split)) / (longRun * Math.sqrt(1 / (split - from) + 1 / (to - split)))
  if (!(z < 30)) return 1
  if (z < 1) return 0
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  const edge = shortest / values.length
  const chance = density * (z - 1 / z) * Math.log(((1 - edge) / edge) ** 2) + (4 * density) / z
  return Math.max(0, 1 - chance)
}
