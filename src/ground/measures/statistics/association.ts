import type { Interval } from './interval.ts'
import { ascending, quantile } from './quantile.ts'
import type { Random } from './random.ts'
import { restsOf } from './rests.ts'

/** How two series move together when one is looked at some steps later. */
export interface Association {
  /** Steps by which the first follows the second, where they move together most. */
  lag: number
  /** Correlation there of what is left without level and rhythm, −1 to 1. */
  correlation: number
  /** Wide enough to hold at whichever of the lags is strongest; holds zero just when `p` is above 1 − level. */
  interval: Interval
  /** What the correlation may be at any of the lags. */
  range: Pick<Interval, 'low' | 'high'>
  /** Share of shuffled series that move together as much at any of the lags. */
  p: number
  /** Pairs of steps at which both are known. */
  n: number
  /** Steps that were shuffled as one piece. */
  block: number
  /** A usual move of the second, one standard deviation of its rests, and what goes with it in the first. */
  move: number
  effect: Interval & { value: number }
}

export interface AssociationAsk {
  /** Lags to look at, in steps, none negative. */
  lags: readonly number[]
  /** Steps of the rhythm: 7 for days, 1 for weeks. */
  period: number
  /** Steps the level is looked for on both sides. */
  reach: number
  /** Shortest piece that is shuffled: a week. */
  shortestBlock: number
  random: Random
  draws?: number
  level?: number
}

const DRAWS = 499
/** Shuffled pieces there have to be. */
const FEWEST_BLOCKS = 6
/** Of what happened, less than this share is remembered at the other end of a block. */
const FORGOTTEN = 0.01
/** Correlations nearer to one than this are taken for this, so that the interval ends. */
const PERFECT = 1 - 1e-6

/**
 * Whether `later` moves with `earlier` some steps after it. Both without level and rhythm, the strongest correlation of
 * the given lags is held against the strongest ones of series shuffled in blocks, which keep their memory and lose their
 * tie. Blocks: E. Carlstein, "The use of subseries values for estimating the variance of a general statistic from a
 * stationary sequence", Annals of Statistics 14 (1986), 1171–1179; strongest of all lags: P. Westfall & S. Young,
 * Resampling-Based Multiple Testing (1993). The interval is what the shuffled series reach on both sides of the
 * correlation, on the scale of R. A. Fisher (1915), on which its spread does not depend on where it lies.
 * @param later, earlier values at the same steps, NaN where nothing is known
 * @returns null where one of them does not move, or there are too few steps to shuffle
 */
export function association(later: Float64Array, earlier: Float64Array, ask: AssociationAsk): Association | null {
  const { period, reach, random, draws = DRAWS, level = 0.95 } = ask
  const y = masked(restsOf(later, { period, reach }))
  const x = masked(restsOf(earlier, { period, reach }))
  const block = blockOf(x.values, y.values, ask.shortestBlock)
  if (Math.floor(later.length / block) < FEWEST_BLOCKS) return null
  const found = strongest(y, x, ask.lags)
  if (!found) return null

  const shuffle = shuffler(x, block, random)
  const chance = Array.from({ length: draws }, () => Math.abs(strongest(y, shuffle(), ask.lags)?.correlation ?? 0))
  const { lag, correlation, n } = found
  const asStrong = chance.filter((one) => one >= Math.abs(correlation)).length
  const width = Math.atanh(within(quantile(ascending(chance), level)!))
  const beyond = (value: number, by: number) => Math.tanh(Math.atanh(within(value)) + by)
  const interval = { low: beyond(correlation, -width), high: beyond(correlation, width), level }
  const size = deviation(y)
  return {
    lag,
    correlation,
    interval,
    range: { low: beyond(found.lowest, -width), high: beyond(found.highest, width) },
    p: (asStrong + 1) / (draws + 1),
    n,
    block,
    move: deviation(x),
    effect: { value: correlation * size, low: interval.low * size, high: interval.high * size, level },
  }
}

/** Values with zero where nothing is known, and a mask that says where. */
interface Masked {
  values: Float64Array
  known: Float64Array
  /** Sum of the squares before each place, where nothing is missing. */
  squares: Float64Array | null
}

function masked(rests: Float64Array): Masked {
  const known = rests.map((rest) => (Number.isNaN(rest) ? 0 : 1))
  const n = sumOf(known)
  const mean = n > 0 ? rests.reduce((sum, rest) => (Number.isNaN(rest) ? sum : sum + rest), 0) / n : 0
  const values = rests.map((rest) => (Number.isNaN(rest) ? 0 : rest - mean))
  return { values, known, squares: n === rests.length ? fillSquares(new Float64Array(n + 1), values) : null }
}

interface Strongest extends Pick<Association, 'lag' | 'correlation' | 'n'> {
  highest: number
  lowest: number
}

function strongest(y: Masked, x: Masked, lags: readonly number[]): Strongest | null {
  let best: Strongest | null = null
  let [highest, lowest] = [-1, 1]
  for (const lag of lags) {
    const { xy, xx, yy, n } = x.squares && y.squares ? productsOfWhole(y, x, lag) : products(y, x, lag)
    if (n < 4 || xx <= 0 || yy <= 0) continue
    const correlation = xy / Math.sqrt(xx * yy)
    highest = Math.max(highest, correlation)
    lowest = Math.min(lowest, correlation)
    if (!best || Math.abs(correlation) > Math.abs(best.correlation)) best = { lag, correlation, n, highest, lowest }
  }
  return best && { ...best, highest, lowest }
}

function products(y: Masked, x: Masked, lag: number) {
  let [xy, xx, yy, n] = [0, 0, 0, 0]
  for (let at = lag; at < y.values.length; at++) {
    const [a, b] = [x.values[at - lag]!, y.values[at]!]
    const [knowsA, knowsB] = [x.known[at - lag]!, y.known[at]!]
    xy += a * b
    xx += a * a * knowsB
    yy += b * b * knowsA
    n += knowsA * knowsB
  }
  return { xy, xx, yy, n }
}

/** The same where nothing is missing, at a third of the work. */
function productsOfWhole(y: Masked, x: Masked, lag: number) {
  const n = Math.max(0, y.values.length - lag)
  const [a, b] = [x.values, y.values]
  let xy = 0
  for (let at = 0; at < n; at++) xy += a[at]! * b[at + lag]!
  return { xy, xx: x.squares![n]!, yy: y.squares!.at(-1)! - y.squares![Math.min(lag, y.values.length)]!, n }
}

function fillSquares(squares: Float64Array, values: Float64Array): Float64Array {
  for (let at = 0; at < values.length; at++) squares[at + 1] = squares[at]! + values[at]! * values[at]!
  return squares
}

/**
 * Gives the same values in ever another order of pieces, cut at a chance place. Each time into the same place: half a
 * thousand new arrays cost more than everything else.
 */
function shuffler({ values, known, squares }: Masked, block: number, random: Random): () => Masked {
  const length = values.length
  const twice = { values: doubled(values), known: doubled(known) }
  const pieces = Array.from({ length: Math.ceil(length / block) }, (_, piece) => piece * block)
  const mixed = { values: new Float64Array(length), known: known.slice(), squares: squares && new Float64Array(length + 1) }
  return () => {
    const cut = random.below(length)
    for (let last = pieces.length - 1; last > 0; last--) {
      const other = random.below(last + 1)
      const kept = pieces[last]!
      pieces[last] = pieces[other]!
      pieces[other] = kept
    }
    let to = 0
    for (const piece of pieces) {
      const end = cut + Math.min(length, piece + block)
      for (let from = cut + piece; from < end; from++, to++) {
        mixed.values[to] = twice.values[from]!
        if (!squares) mixed.known[to] = twice.known[from]!
      }
    }
    if (mixed.squares) fillSquares(mixed.squares, mixed.values)
    return mixed
  }
}

function doubled(values: Float64Array): Float64Array {
  const twice = new Float64Array(2 * values.length)
  twice.set(values)
  twice.set(values, values.length)
  return twice
}

/** As long as both together remember, in whole shortest blocks. */
function blockOf(x: Float64Array, y: Float64Array, shortest: number): number {
  const memory = Math.max(0, memoryOf(x)) * Math.max(0, memoryOf(y))
  const steps = memory > 0 ? Math.log(FORGOTTEN) / Math.log(Math.min(0.99, memory)) : 1
  return shortest * Math.max(1, Math.ceil(steps / shortest))
}

/** Correlation of neighbours. */
function memoryOf(values: Float64Array): number {
  let [product, square] = [0, 0]
  for (let at = 0; at < values.length; at++) {
    square += values[at]! * values[at]!
    if (at > 0) product += values[at]! * values[at - 1]!
  }
  return square > 0 ? product / square : 0
}

function deviation({ values, known }: Masked): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, sumOf(known) - 1))
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0)
}

function within(correlation: number): number {
  return Math.max(-PERFECT, Math.min(PERFECT, correlation))
}
