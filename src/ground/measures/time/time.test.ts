import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changesOf } from './changes.ts'
import { draw, seeded } from './drawn.test-data.ts'
import { forecast } from './forecast.ts'
import { analyse } from './analyse.ts'
import { trendOf } from './trend.ts'

// Known truth, seeded: level, a week's rhythm and noise whose neighbours correlate at 0.3.
const DRAWS = 300
const YEAR = 365
const draws = <Told>(tell: (seed: number) => Told) => Array.from({ length: DRAWS }, (_, index) => tell(1_000 + 17 * index))
const share = (held: readonly boolean[]) => held.filter(Boolean).length / held.length
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('a forecast of four weeks', () => {
  const ahead = 28
  const told = draws((seed) => {
    const series = draw(seed, { days: YEAR + ahead })
    const { points, backTest } = forecast(series.slice(0, YEAR), { period: 7, ahead, level: 0.8 })!
    const truth = series.slice(YEAR)
    const naive = truth.map((_, step) => series[YEAR - 7 + (step % 7)]!)
    return {
      held: points.map(({ low, high }, step) => truth[step]! >= low && truth[step]! <= high),
      // The true model knows level, rhythm and memory: its interval is ± 1.2816 √(1 − 0.3^2h).
      width: points.map(({ low, high }, step) => (high - low) / (2 * 1.2816 * Math.sqrt(1 - 0.3 ** (2 * (step + 1))))),
      better: mean(points.map(({ value }, step) => Math.abs(value - truth[step]!) - Math.abs(naive[step]! - truth[step]!))) < 0,
      backTest,
    }
  })
  test('holds in 75 to 85 of 100 cases where 80 are promised, hardly wider than whoever knows the truth would say', () => {
    const coverage = share(told.flatMap(({ held }) => held))
    expect(coverage).toBeGreaterThan(0.75)
    expect(coverage).toBeLessThan(0.85)
    expect(mean(told.flatMap(({ width }) => width))).toBeLessThan(1.3)
  })
  test('comes nearer than last week repeated, for more than seven of ten series', () => {
    expect(share(told.map(({ better }) => better))).toBeGreaterThan(0.7)
  })
  test('says of itself how often it held, and is right about that', () => {
    const said = mean(told.map(({ backTest }) => backTest.coverage!))
    expect(Math.abs(said - share(told.flatMap(({ held }) => held)))).toBeLessThan(0.03)
    expect(told.every(({ backTest }) => backTest.n > 1_000 && backTest.meanError! < backTest.naiveError!)).toBe(true)
  })
})

describe('a change of level', () => {
  test('of two standard deviations is found within three days in nine of ten series', () => {
    const found = draws((seed) => {
      const random = seeded(seed + 5)
      const at = Math.floor(YEAR * (0.15 + 0.7 * random()))
      const size = random() < 0.5 ? -2 : 2
      return changesOf(draw(seed, { days: YEAR, shift: { at, size } }), 7)!.some(
        ({ place, before, after }) => Math.abs(place - at) <= 3 && Math.sign(after - before) === Math.sign(size),
      )
    })
    expect(share(found)).toBeGreaterThan(0.9)
  })
  test('is seen in fewer than five of a hundred years of pure noise, wild days included', () => {
    expect(mean(draws((seed) => changesOf(draw(seed, { days: YEAR }), 7)!.length))).toBeLessThan(0.05)
    expect(mean(draws((seed) => changesOf(draw(seed, { days: YEAR, wild: 0.03 }), 7)!.length))).toBeLessThan(0.05)
  })
  test('is not a straight way up', () => {
    expect(mean(draws((seed) => changesOf(draw(seed, { days: YEAR, slope: 0.02 }), 7)!.length))).toBeLessThan(0.05)
  })
  test('that is plain to see is told as soon as it has lasted, one wild day never', () => {
    const weeks = draw(3, { days: 52, memory: 0 }).map((value, week) => (week >= 49 ? value + 40 : value))
    expect(changesOf(weeks, 1)!.map(({ place }) => place)).toEqual([49])
    const told = forecast(weeks, { period: 1, ahead: 4, level: 0.8 })!
    expect(told.points[3]!.value).toBeGreaterThan(80)
    expect(changesOf(weeks.toSpliced(49, 2), 1)).toEqual([])
  })
  test('of a series without noise is told exactly', () => {
    const [change, ...others] = changesOf([...Array(40).fill(3), ...Array(40).fill(5)], 7)!
    expect(others).toEqual([])
    expect(change).toMatchObject({ place: 40, before: 3, after: 5, confidence: 1 })
    expect(changesOf(Array(100).fill(3), 7)).toEqual([])
  })
})

describe('a trend', () => {
  test('lies in its interval as often as promised', () => {
    const held = draws((seed) => {
      const { interval } = trendOf(draw(seed, { days: 180, slope: 0.01 }), 7)!
      return interval.low <= 0.01 && interval.high >= 0.01
    })
    expect(share(held)).toBeGreaterThan(0.92)
  })
  test('is not bent by a quarter of wild values, and goes by days, not by how many were told', () => {
    const line = Array.from({ length: 80 }, (_, day) => (day % 3 === 0 ? null : day % 8 === 0 ? 1_000 : 10 + 0.5 * day))
    expect(trendOf(line, 1)!.slope).toBeCloseTo(0.5, 10)
  })
})

describe('too little to tell', () => {
  test('each part says from how many values on it can be told', () => {
    const { trend, changes, forecast: told, tooFew } = analyse({ values: [4, null, 5], period: 7, ahead: 28, level: 0.8 })
    expect({ trend, changes, told }).toEqual({ trend: null, changes: [], told: null })
    expect(tooFew).toEqual([
      { part: 'trend', known: 2, needed: 8 },
      { part: 'changes', known: 2, needed: 56 },
      { part: 'forecast', known: 2, needed: 56 },
    ])
  })
  test('whatever comes, nothing but numbers is answered', () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.constant(0),
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.integer({ min: 0, max: 3 }),
    )
    fc.assert(
      fc.property(fc.array(value, { maxLength: 150 }), fc.constantFrom(1, 7, 12), (values, period) => {
        const answer = analyse({ values, period, ahead: 10, level: 0.8, bounds: { low: 0 } })
        const numbers = JSON.stringify(answer).match(/null|NaN|Infinity/g) ?? []
        const { backTest } = answer.forecast ?? {}
        const untold = [answer.trend, answer.forecast, ...answer.changes.map(({ size }) => size), ...Object.values(backTest ?? {})]
        const whole = untold.filter((part) => part === null).length
        expect(numbers.length).toBe(whole)
        expect(answer.forecast === null).toBe(answer.tooFew.some(({ part, known, needed }) => part === 'forecast' && known < needed))
        for (const { low, value: middle, high } of answer.forecast?.points ?? []) expect(low <= middle && middle <= high).toBe(true)
      }),
      { numRuns: 300, seed: 7 },
    )
  })
})

test('a goal is as likely as the past errors of the forecast say, and never sure', () => {
  const jumping = Array.from({ length: 80 }, (_, step) => 50 + 8 * Math.sin(step * 2.4) * Math.cos(step * 0.7))
  const likely = (value: number, side: 'least' | 'most') =>
    analyse({ values: jumping, period: 1, ahead: 4, level: 0.8, goal: { value, side } }).forecast!.reaching!.probability
  expect(likely(30, 'least')).toBeGreaterThan(0.9)
  expect(likely(30, 'least')).toBeLessThan(1)
  expect(likely(70, 'least')).toBeLessThan(0.1)
  expect(likely(50, 'least') + likely(50, 'most')).toBeCloseTo(1)
})
