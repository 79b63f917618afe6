import { median, type Grid, knownOf } from './grid.ts'
import { type Noise, noiseOfRests, noiseOfSteps, stepScale } from './noise.ts'
import { runningMedian, seasonOf } from './season.ts'
import { restsOf, settleSplits, SHORTEST, splitMeans } from './segments.ts'

/** A shift of level. */
export interface Change {
  /** Place of the first value of the new level. */
  place: number
  /** Levels on both sides, without the rhythm: medians up to the next changes. */
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
  const season = seasonOf(known, period)
  const plain = known.values.map((value, index) => value - season[known.places[index]! % period]!)
  const tame = pulledIn(plain)
  const { splits, noise } = splitsOf(tame)
  if (splits.length === 0 || driftsStraight(tame, splits, noise)) return []
  const sure = surest(tame, settleSplits(tame, splits, noise.memory, noise.sd * Math.sqrt(1 - noise.memory ** 2)), noise)
  const borders = [0, ...sure.map(({ split }) => split), n]
  return sure.map(({ split, confidence }, index) => {
    const before = median(plain.subarray(borders[index]!, split))
    const after = median(plain.subarray(split, borders[index + 2]!))
    return { place: known.places[split]!, before, after, confidence, size: noise.sd > 0 ? Math.abs(after - before) / noise.sd : null }
  })
}

function pulledIn(values: Float64Array): Float64Array {
  const sd = stepScale(values) / Math.SQRT2
  const level = runningMedian(values, 7)
  return values.map((value, index) => level[index]! + Math.max(-WILD * sd, Math.min(WILD * sd, value - level[index]!)))
}

/** Pieces and noise in turn: each needs the other. */
function splitsOf(values: Float64Array): { splits: number[]; noise: Noise } {
  let noise = noiseOfSteps(values)
  let splits: number[] = []
  for (let round = 0; round < ROUNDS && noise.sd > 0; round++) {
    const found = splitMeans(values, priceOf(values.length, noise))
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
function surest(values: Float64Array, splits: readonly number[], noise: Noise): { split: number; confidence: number }[] {
  let left = [...splits]
  for (;;) {
    const judged = left.map((split, index) => ({
      split,
      confidence: confidenceOf(values, left[index - 1] ?? 0, split, left[index + 1] ?? values.length, noise),
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
function confidenceOf(values: Float64Array, from: number, split: number, to: number, { longRun }: Noise): number {
  const mean = (start: number, end: number) => values.subarray(start, end).reduce((sum, value) => sum + value, 0) / (end - start)
  const z = Math.abs(mean(split, to) - mean(from, split)) / (longRun * Math.sqrt(1 / (split - from) + 1 / (to - split)))
  if (!(z < 30)) return 1
  if (z < 1) return 0
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  const edge = SHORTEST / values.length
  const chance = density * (z - 1 / z) * Math.log(((1 - edge) / edge) ** 2) + (4 * density) / z
  return Math.max(0, 1 - chance)
}
