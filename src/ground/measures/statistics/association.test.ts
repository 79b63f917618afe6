import { describe, expect, test } from 'vitest'
import { association, type Random, randomOf } from './index.ts'

const DRAWS = 300
const DAYS = 182
const LAG = 14

const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())

/** Noise that keeps 0.3 of the day before, with a standard deviation of one. */
function noise(random: Random, days = DAYS): Float64Array {
  let last = normal(random)
  return new Float64Array(days).map(() => (last = 0.3 * last + Math.sqrt(1 - 0.3 ** 2) * normal(random)))
}

/** Level, growth and weekly rhythm on top of it. */
function dressed(rests: Float64Array, random: Random): Float64Array {
  const week = Array.from({ length: 7 }, () => 2 * normal(random))
  const slope = 0.02 * normal(random)
  return rests.map((rest, day) => 100 + week[day % 7]! + slope * day + rest)
}

const around = Array.from({ length: 7 }, (_, step) => LAG - 3 + step)
const held = (y: Float64Array, x: Float64Array, random: Random, lags = around) =>
  association(y, x, { lags, period: 7, reach: 28, shortestBlock: 7, random })!

/** Share of draws of which something is so. */
function share(seed: string, so: (random: Random) => boolean): number {
  return Array.from({ length: DRAWS }, (_, draw) => so(randomOf(`${seed} ${draw}`))).filter(Boolean).length / DRAWS
}

describe('whether one series moves with another some days later', () => {
  test('a planted driver is found in at least nine of ten draws', () => {
    const found = share('planted', (random) => {
      const x = noise(random)
      const y = noise(random).map((rest, day) => rest + 0.45 * (x[day - LAG] ?? 0))
      const { p, correlation, interval } = held(dressed(y, random), dressed(x, random), random)
      return p <= 0.05 && correlation > 0 && interval.low > 0
    })
    expect(found).toBeGreaterThanOrEqual(0.9)
  })
  test('an unrelated one is taken for a driver in less than one of ten, and the interval holds no tie', () => {
    let holdsZero = 0
    const found = share('unrelated', (random) => {
      const { p, correlation, interval } = held(dressed(noise(random), random), dressed(noise(random), random), random)
      if (interval.low <= 0 && interval.high >= 0) holdsZero += 1
      return p <= 0.05 && correlation > 0
    })
    expect(found).toBeLessThanOrEqual(0.1)
    expect(holdsZero / DRAWS).toBeGreaterThanOrEqual(0.9)
  })
  test('the strength, the lag and what goes with a usual move are told as they were planted', () => {
    const random = randomOf('exact')
    const x = noise(random, 2_000)
    const y = noise(random, 2_000).map((rest, day) => 3 * rest - 3 * (x[day - LAG] ?? 0))
    const { correlation, lag, move, effect, n } = held(dressed(y, random), dressed(x, random), random)
    expect({ lag, n }).toEqual({ lag: LAG, n: 2_000 - LAG })
    expect(correlation).toBeCloseTo(-Math.SQRT1_2, 1)
    expect(move).toBeCloseTo(1, 1)
    expect(Math.abs(effect.value + 3)).toBeLessThan(0.2)
    expect(effect.low).toBeLessThan(effect.value)
    expect(effect.high).toBeGreaterThan(effect.value)
  })
  test('two that only both grew, and both rest on Sundays, do not move together', () => {
    const random = randomOf('grown')
    const grown = () => noise(random).map((rest, day) => rest + 0.3 * day + (day % 7 === 6 ? -10 : 0))
    const { correlation, p } = held(grown(), grown(), random)
    expect(Math.abs(correlation)).toBeLessThan(0.3)
    expect(p).toBeGreaterThan(0.05)
  })
  test('days nobody told of stay out: pairs are counted, and what is left still tells', () => {
    const random = randomOf('gaps')
    const x = noise(random, 400)
    const y = noise(random, 400).map((rest, day) => (day % 3 === 0 ? Number.NaN : rest + (x[day - LAG] ?? 0)))
    const { n, p, lag } = held(y, x, random)
    expect(n).toBe(y.filter((value, day) => day >= lag && !Number.isNaN(value)).length)
    expect(p).toBeLessThan(0.01)
  })
  test('nothing is told of a series that stands still, or that is too short to shuffle', () => {
    const random = randomOf('still')
    expect(association(new Float64Array(100), noise(random, 100), { lags: [0], period: 7, reach: 28, shortestBlock: 7, random })).toBeNull()
    expect(association(noise(random, 30), noise(random, 30), { lags: [0], period: 7, reach: 28, shortestBlock: 7, random })).toBeNull()
  })
  test('the same question has the same answer', () => {
    const ask = () => {
      const random = randomOf('again')
      return held(dressed(noise(random), random), dressed(noise(random), random), random)
    }
    expect(ask()).toEqual(ask())
  })
})
