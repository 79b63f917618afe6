import { FEWEST_ROUNDS, seasonOf } from './season.ts'
import { knownOf, median, type Grid } from './grid.ts'
import { patienceOf } from './changes.ts'
import { stepScale } from './noise.ts'

/** How a smoother learns. */
export interface Pace {
  /** Steps after which a value counts half for the level. */
  halfLife: number
  /** Whether it follows a slope, which fades out ahead. */
  slope: boolean
}

/** What a smoother knew after each step: enough to foretell from any of them. */
export interface Smoothed {
  period: number
  /** First place from which it foretells. */
  ready: number
  level: Float64Array
  slope: Float64Array
  /** The rhythm as known then: `period` figures a place. */
  season: Float64Array
  /** Distance of the last value from level and rhythm, and how many steps ago it was seen. */
  rest: Float64Array
  age: Int32Array
  /** Share of a distance that the next step keeps. */
  memory: Float64Array
}

/** Values a smoother starts from. */
export const warmUp = (period: number) => Math.max(FEWEST_ROUNDS * period, 8)

/** A slope loses this share each step ahead, so that nothing grows for ever. */
const DAMPING = 0.98
const SLOPE_HALF_LIFE = 60
/** The rhythm is learned from the mean of all rounds, of about so many in the end. */
const ROUNDS_KEPT = 26
/** One value counts at most as if it lay so many standard deviations off. */
const WILD = 3
const MOST_MEMORY = 0.9

/**
 * Exponential smoothing of level, fading slope and rhythm (C. C. Holt, 1957; P. R. Winters, 1960; damped slope:
 * E. S. Gardner, E. McKenzie, 1985), robust after S. Gelper, R. Fried, C. Croux, "Robust forecasting with exponential and
 * Holt–Winters smoothing", Journal of Forecasting 29 (2010), 285–300: wild values are pulled in,
 * unless so many come in a row that the level must have moved. Rates begin as those of
 * plain means. A missing value teaches nothing.
 */
export function smooth(grid: Grid, period: number, { halfLife, slope }: Pace): Smoothed | null {
  const n = grid.length
  const known = knownOf(grid)
  const warm = warmUp(period)
  if (known.values.length < warm) return null
  const ready = known.places[warm - 1]!
  const first = { places: known.places.subarray(0, warm), values: known.values.subarray(0, warm) }
  const season = seasonOf(first, period)
  const plain = first.values.map((value, index) => value - season[first.places[index]! % period]!)
  const seen = new Float64Array(period).fill(warm / period)
  let [level, tilt, scale] = [median(plain), 0, stepScale(plain) / Math.SQRT2]
  let [rest, age, cross, square, count] = [0, 0, 0, 0, warm]
  /** Levels that the last values speak of, as long as all of them lie far off on one side. */
  let moved: number[] = []
  const { shortest: patience } = patienceOf(period)
  const least = 1 - 0.5 ** (1 / halfLife)
  const tiltRate = slope ? 1 - 0.5 ** (1 / SLOPE_HALF_LIFE) : 0
  const told: Smoothed = {
    period,
    ready,
    level: new Float64Array(n),
    slope: new Float64Array(n),
    season: new Float64Array(n * period),
    rest: new Float64Array(n),
    age: new Int32Array(n),
    memory: new Float64Array(n),
  }
  for (let place = ready; place < n; place++) {
    const value = grid[place]!
    const step = place % period
    if (place > ready) {
      tilt *= DAMPING
      const expected = level + tilt
      if (value === null) {
        level = expected
        age++
      } else {
        const off = value - expected - season[step]!
        const most = WILD * scale
        const pulled = scale > 0 ? Math.max(-most, Math.min(most, off)) : off
        const far = scale > 0 && Math.abs(off) > most
        moved =
          far && (moved.length === 0 || Math.sign(off) === Math.sign(moved.at(-1)! - expected)) ? [...moved, value - season[step]!] : []
        const isShift = moved.length === patience
        if (isShift) count = patience
        const rate = Math.max(least, 1 / (count + 1))
        level = isShift ? median(moved) : expected + rate * pulled
        tilt += rate * tiltRate * pulled
        if (period > 1) season[step]! += (pulled - rate * pulled) / (Math.min(seen[step]!, ROUNDS_KEPT) + 1)
        if (age === 0) {
          cross += rest * pulled
          square += rest ** 2
        }
        scale += (1 / Math.min(count + 1, 60)) * (1.25 * Math.abs(Math.max(-1.2 * most, Math.min(1.2 * most, off))) - scale)
        rest = pulled
        age = 0
        count++
        seen[step]!++
      }
    }
    told.level[place] = level
    told.slope[place] = tilt
    told.season.set(season, place * period)
    told.rest[place] = rest
    told.age[place] = age
    told.memory[place] = square > 0 ? Math.max(0, Math.min(MOST_MEMORY, cross / (square + 20 * scale ** 2))) : 0
  }
  return told
}

/** What was foretold after `place` for so many steps ahead. */
export function foretell({ period, level, slope, season, rest, age, memory }: Smoothed, place: number, ahead: number): number {
  const fade = (DAMPING * (1 - DAMPING ** ahead)) / (1 - DAMPING)
  const kept = memory[place]! ** (ahead + age[place]!)
  return level[place]! + slope[place]! * fade + season[place * period + ((place + ahead) % period)]! + kept * rest[place]!
}
