import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ascending,
  binomialCdf,
  binomialQuantile,
  orderInterval,
  quantile,
  survivalCurve,
  survivalMedianInterval,
  survivalQuantile,
  twoSidedZ,
  poissonInterval,
  wilsonInterval,
} from './index.ts'

const sample = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 }).map(ascending)

describe('how often something happens', () => {
  test.each([
    // Exact limits at 95 %: halves of chi-square quantiles (F. Garwood, Biometrika 28, 1936).
    [0, 0, 3.689],
    [1, 0.025, 5.572],
    [10, 4.795, 18.39],
    [100, 81.36, 121.63],
  ])('%i events may have been expected to be as few as %f and as many as %f', (events, low, high) => {
    const found = poissonInterval(events, 0.95)
    expect(Math.abs(found.low - low)).toBeLessThan(0.05)
    expect(Math.abs(found.high - high)).toBeLessThan(0.05)
  })
})

describe('quantiles', () => {
  test('the median of an even sample lies halfway between its two middle values', () => {
    expect(quantile([1, 2, 10, 20], 0.5)).toBe(6)
  })
  test('quantiles are interpolated: a quarter of the way from 7 to 9 is 7.5', () => {
    // Four values have three gaps; 0.75 × 3 = 2.25, a quarter into the last gap.
    expect(quantile([1, 4, 7, 9], 0.75)).toBe(7.5)
  })
  test('an empty sample has no quantile', () => {
    expect(quantile([], 0.5)).toBeNull()
  })
  test('a quantile never leaves its sample and grows with its share', () => {
    fc.assert(
      fc.property(sample, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (sorted, one, other) => {
        const low = quantile(sorted, Math.min(one, other))!
        const high = quantile(sorted, Math.max(one, other))!
        expect(low).toBeGreaterThanOrEqual(sorted[0]!)
        expect(high).toBeLessThanOrEqual(sorted.at(-1)!)
        expect(high).toBeGreaterThanOrEqual(low - 1e-9)
      }),
    )
  })
  test('numbers are sorted as numbers, not as text', () => {
    expect(ascending([10, 9, 100, -1])).toEqual([-1, 9, 10, 100])
  })
})

describe('intervals of quantiles', () => {
  test('the median of six values lies between the smallest and the largest with 96.9 % confidence', () => {
    expect(orderInterval([1, 2, 3, 4, 5, 6])).toEqual({ low: 1, high: 6, level: 0.95 })
  })
  test('five values are too few for a 95 % interval of the median', () => {
    expect(orderInterval([1, 2, 3, 4, 5])).toBeNull()
  })
  test('for 100 values the ranks are 40 and 61, as in the printed tables', () => {
    const ranks = Array.from({ length: 100 }, (_, index) => index + 1)
    expect(orderInterval(ranks)).toEqual({ low: 40, high: 61, level: 0.95 })
  })
  test('the ranks hold at least the level they claim', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 400 }), fc.constantFrom(0.5, 0.75, 0.9), (n, share) => {
        const interval = orderInterval(
          Array.from({ length: n }, (_, index) => index + 1),
          share,
        )
        if (!interval) return
        expect(binomialCdf(interval.high - 1, n, share) - binomialCdf(interval.low - 1, n, share)).toBeGreaterThanOrEqual(0.95 - 1e-9)
      }),
    )
  })
  test('the binomial distribution agrees with summing its terms', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(40), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, k, p) => {
        let sum = 0
        let term = (1 - p) ** n
        for (let hits = 0; hits <= Math.min(k, n); hits++) {
          sum += term
          term *= ((n - hits) / (hits + 1)) * (p / (1 - p))
        }
        expect(binomialCdf(k, n, p)).toBeCloseTo(k >= n ? 1 : sum, 9)
      }),
    )
    expect(binomialQuantile(0.5, 1_000_000, 0.5)).toBe(500_000)
  })
})

describe('shares', () => {
  test('one failure in ten is between 2 % and 40 %', () => {
    const { low, high } = wilsonInterval(1, 10)!
    expect(low).toBeCloseTo(0.0179, 4)
    expect(high).toBeCloseTo(0.4042, 4)
  })
  test('no failure in ten may still be up to 28 %', () => {
    expect(wilsonInterval(0, 10)!.low).toBe(0)
    expect(wilsonInterval(0, 10)!.high).toBeCloseTo(0.2775, 4)
  })
  test('a share of nothing has no interval', () => {
    expect(wilsonInterval(0, 0)).toBeNull()
  })
  test('the interval always holds the share itself', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (hits, misses) => {
        const interval = wilsonInterval(hits, hits + misses)
        if (!interval) return
        expect(interval.low).toBeLessThanOrEqual(hits / (hits + misses))
        expect(interval.high).toBeGreaterThanOrEqual(hits / (hits + misses))
      }),
    )
  })
  test('95 % of a normal distribution lie within 1.96 deviations', () => {
    expect(twoSidedZ(0.95)).toBeCloseTo(1.959964, 6)
    expect(twoSidedZ(0.8)).toBeCloseTo(1.281552, 6)
    expect(twoSidedZ(0.999)).toBeCloseTo(3.290527, 6)
  })
})

const over = (...seconds: number[]) => seconds.map((length) => ({ seconds: length, ended: true }))
const open = (...seconds: number[]) => seconds.map((length) => ({ seconds: length, ended: false }))

describe('how long things last when some are still open', () => {
  test('an open incident counts as at least as long as it has lasted, so the median moves up', () => {
    const steps = survivalCurve([...over(1, 2), ...open(5)])
    // 2/3 last longer than 1, 1/3 longer than 2: half of them have ended by 2. Dropping the open one would say 1.5.
    expect(survivalQuantile(steps, 0.5)).toBe(2)
  })
  test('the median is not known while fewer than half have ended', () => {
    expect(survivalQuantile(survivalCurve([...over(1), ...open(2, 3)]), 0.5)).toBeNull()
  })
  test('a published example: remission of 21 patients, 12 of them still in remission, has a median of 23 weeks', () => {
    // E. J. Freireich and others, Blood 21 (1963), group given 6-mercaptopurine; the table of every text book on survival.
    const steps = survivalCurve([...over(6, 6, 6, 7, 10, 13, 16, 22, 23), ...open(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)])
    expect(steps.map((step) => Number(step.surviving.toFixed(3)))).toEqual([0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448])
    expect(survivalQuantile(steps, 0.5)).toBe(23)
    expect(Math.sqrt(steps.at(-1)!.variance)).toBeCloseTo(0.1346, 4)
    expect(survivalMedianInterval(steps)).toBeNull() // the upper end lies beyond what was seen
  })
  test('when everything has ended the median is the ordinary one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 50 }), (seconds) => {
        expect(survivalQuantile(survivalCurve(over(...seconds)), 0.5)).toBeCloseTo(quantile(ascending(seconds), 0.5)!, 6)
      }),
    )
  })
  test('an open duration never makes the median shorter', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 101, max: 200 }),
        (seconds, still) => {
          const before = survivalQuantile(survivalCurve(over(...seconds)), 0.5)!
          const after = survivalQuantile(survivalCurve([...over(...seconds), ...open(still)]), 0.5)
          if (after !== null) expect(after).toBeGreaterThanOrEqual(before)
        },
      ),
    )
  })
})
