import { quantile } from '../statistics/index.ts'
import type { Grid } from './grid.ts'
import { foretell, type Pace, smooth, type Smoothed, warmUp } from './smoothing.ts'

/** What comes, how surely, and how far such forecasts of this very series came true. */
export interface Forecast {
  /** One a step, the first right after the last known value. */
  points: { value: number; low: number; high: number }[]
  /** Share of intervals promised to hold. */
  level: number
  backTest: BackTest
  /** How likely the last step is at or beyond a value, where that was asked. */
  reaching?: { probability: number; n: number }
}

/** A value that may be reached, from which side. */
export interface Goal {
  value: number
  side: 'least' | 'most'
}

/** The same forecasts made at earlier moments, from what was known then, held against what came. */
export interface BackTest {
  /** Share of the values that lay in their interval; null while nothing foretold has come yet. */
  coverage: number | null
  /** Values held against their interval. */
  n: number
  /** Moments at which it was foretold. */
  origins: number
  /** Mean distance of the forecast from the value, and that of simply repeating the last round of the rhythm. */
  meanError: number | null
  naiveError: number | null
}

/** From calm to nervous: the first that forecast about best is taken. */
const PACES: readonly Pace[] = [56, 14, 3].flatMap((halfLife) => [
  { halfLife, slope: false },
  { halfLife, slope: true },
])
/** A more nervous pace must have been better by this share. */
const BETTER = 0.03
/** Errors older than so many steps are no longer believed. */
const REMEMBERED = 365
/** What lies further back than so many steps teaches nothing any more. */
const LEARNED_FROM = 3 * REMEMBERED
/** Fewest errors an interval is made of. */
const FEWEST_ERRORS = 12
const MOST_ORIGINS = 50

/** Fewest known values for a forecast so many steps ahead. */
export function fewestForForecast(period: number, ahead: number): number {
  return warmUp(period) + reachesTo(ahead).at(-1)!.from + FEWEST_ERRORS
}

/** Steps ahead whose errors are alike: 1, 2–3, 4–7, 8–15, 16–31 … */
interface Reach {
  from: number
  to: number
}

/** Errors of one pace at one reach, in order of the value they missed, which is when they became known. */
interface Errors {
  places: Int32Array
  errors: Float64Array
  /** Sums of sizes before each. */
  sizes: Float64Array
}

/**
 * Foretells a series by exponential smoothing. How nervously it follows, and how far off it may be, is taken from its own
 * past forecasts: intervals are quantiles of their errors (V. Vovk, A. Gammerman, G. Shafer, "Algorithmic Learning in a
 * Random World", 2005: conformal prediction), so that no distribution is assumed. The back-test knows at each moment
 * nothing that came later, the choice of pace and the width of the interval included.
 * @returns null where there are too few values
 * @decision 0021
 */
export function forecast(
  grid: Grid,
  { period, ahead, level, goal }: { period: number; ahead: number; level: number; goal?: Goal },
): Forecast | null {
  const last = grid.findLastIndex((value) => value !== null)
  const known = grid.slice(Math.max(0, last + 1 - LEARNED_FROM), last + 1)
  if (known.filter((value) => value !== null).length < fewestForForecast(period, ahead)) return null
  const reaches = reachesTo(ahead)
  const tried = PACES.flatMap((pace) => {
    const smoothed = smooth(known, period, pace)
    return smoothed ? [{ smoothed, errors: reaches.map((reach) => errorsOf(known, smoothed, reach)) }] : []
  })
  if (tried.length === 0) return null
  const chosenBy = (place: number) => tried[bestBy(place, tried, reaches)]!
  /** What would be told after `place`, from what was known by then. */
  const tell = (place: number) => {
    const chosen = chosenBy(place)
    const offsets = chosen.errors.map((errors) => spreadBy(place, errors, level))
    if (offsets.some((offset) => offset === null)) return null
    return (step: number) => {
      const value = foretell(chosen.smoothed, place, step)
      const [low, high] = offsetAt(step, reaches, offsets as [number, number][])
      return { value, low: value + low, high: value + high }
    }
  }
  const now = tell(known.length - 1)
  if (!now) return null
  const points = Array.from({ length: ahead }, (_, index) => now(index + 1))
  return {
    points,
    level,
    ...(goal
      ? { reaching: reachingOf(goal, points.at(-1)!.value, errorsBy(known.length - 1, chosenBy(known.length - 1).errors.at(-1)!)) }
      : {}),
    backTest: backTestOf(known, tell, { period, ahead, first: tried[0]!.smoothed.ready }),
  }
}

function reachesTo(ahead: number): Reach[] {
  const reaches: Reach[] = []
  for (let from = 1; from <= ahead; from *= 2) reaches.push({ from, to: Math.min(ahead, 2 * from - 1) })
  return reaches
}

/** Each value is foretold once, from a moment as far back as the reach says. */
function errorsOf(grid: Grid, smoothed: Smoothed, { from, to }: Reach): Errors {
  const places: number[] = []
  const errors: number[] = []
  const width = to - from + 1
  for (let place = smoothed.ready + from; place < grid.length; place++) {
    const value = grid[place]
    if (value === null || value === undefined) continue
    const ahead = from + ((place - smoothed.ready - from) % width)
    places.push(place)
    errors.push(value - foretell(smoothed, place - ahead, ahead))
  }
  const sizes = new Float64Array(errors.length + 1)
  errors.forEach((error, index) => (sizes[index + 1] = sizes[index]! + Math.abs(error)))
  return { places: Int32Array.from(places), errors: Float64Array.from(errors), sizes }
}

/** How many of ascending places come no later. */
function countUntil(places: Int32Array, place: number): number {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (places[middle]! <= place) low = middle + 1
    else high = middle
  }
  return low
}

/** The pace whose forecasts had come nearest by then. */
function bestBy(place: number, tried: readonly { errors: readonly Errors[] }[], reaches: readonly Reach[]): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY]
  tried.forEach(({ errors }, index) => {
    let [loss, weight] = [0, 0]
    errors.forEach(({ places, sizes }, reach) => {
      const to = countUntil(places, place)
      const from = countUntil(places, place - REMEMBERED)
      if (to === from) return
      const width = reaches[reach]!.to - reaches[reach]!.from + 1
      loss += (width * (sizes[to]! - sizes[from]!)) / (to - from)
      weight += width
    })
    if (weight > 0 && loss / weight < least * (1 - BETTER)) [best, least] = [index, loss / weight]
  })
  return best
}

/** Errors known by then that are still believed, ascending. */
function errorsBy(place: number, { places, errors }: Errors): Float64Array {
  return errors.slice(countUntil(places, place - REMEMBERED), countUntil(places, place)).sort()
}

/**
 * Share of its own past errors with which a forecast would reach a goal. Half an error is counted on either side, so that
 * nothing is ever called sure.
 */
function reachingOf({ value, side }: Goal, foretold: number, errors: Float64Array): NonNullable<Forecast['reaching']> {
  const reached = errors.filter((error) => (side === 'least' ? foretold + error >= value : foretold + error <= value)).length
  return { probability: (reached + 0.5) / (errors.length + 1), n: errors.length }
}

/** Between which offsets so large a share of the errors known by then lay; with few of them a little farther out. */
function spreadBy(place: number, errors: Errors, level: number): [number, number] | null {
  const own = errorsBy(place, errors)
  const n = own.length
  if (n < FEWEST_ERRORS) return null
  const outside = (1 - level) / 2
  // The share p of n + 1 gaps between n errors, as a quantile of type 7.
  const share = Math.max(0, (outside * (n + 1) - 1) / (n - 1))
  return [Math.min(0, quantile(own, share)!), Math.max(0, quantile(own, 1 - share)!)]
}

/** Offsets between the middles of two reaches lie between those of both. */
function offsetAt(step: number, reaches: readonly Reach[], offsets: readonly [number, number][]): [number, number] {
  const middle = (reach: number) => (reaches[reach]!.from + reaches[reach]!.to) / 2
  const next = reaches.findIndex((_, reach) => middle(reach) >= step)
  if (next === -1) return offsets.at(-1)!
  if (next === 0) return offsets[0]!
  const part = (step - middle(next - 1)) / (middle(next) - middle(next - 1))
  const [from, to] = [offsets[next - 1]!, offsets[next]!]
  return [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])]
}

type Tell = (place: number) => ((step: number) => { value: number; low: number; high: number }) | null

function backTestOf(grid: Grid, tell: Tell, { period, ahead, first }: { period: number; ahead: number; first: number }): BackTest {
  const last = grid.length - 1
  const stride = Math.max(1, Math.ceil((last - first) / MOST_ORIGINS))
  let [held, n, origins, off, naive, compared] = [0, 0, 0, 0, 0, 0]
  for (let place = last - 1; place > first; place -= stride) {
    if (grid[place] === null) continue
    const told = tell(place)
    if (!told) continue
    origins++
    for (let step = 1; step <= ahead && place + step <= last; step++) {
      const value = grid[place + step]
      if (value === null || value === undefined) continue
      const point = told(step)
      n++
      if (value >= point.low && value <= point.high) held++
      const repeated = grid[place + step - period * Math.ceil(step / period)]
      if (repeated === null || repeated === undefined) continue
      compared++
      off += Math.abs(value - point.value)
      naive += Math.abs(value - repeated)
    }
  }
  const mean = (sum: number, of: number) => (of === 0 ? null : sum / of)
  return { coverage: mean(held, n), n, origins, meanError: mean(off, compared), naiveError: mean(naive, compared) }
}
