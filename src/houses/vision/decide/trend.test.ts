import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WEEK } from '../../../ground/core/index.ts'
import { forecastOf } from './forecast.ts'
import { paceOf, paceWords } from './pace.ts'
import { reading, weekly } from './reading.fixture.ts'
import { pointsOf, trendOf } from './trend.ts'

const NOW = Date.parse('2026-06-01T00:00:00Z')
const points = (values: readonly number[]) => values.map((value, index) => ({ at: NOW - (values.length - index) * WEEK, value, n: 5 }))

describe('a trend', () => {
  it('finds the slope of any straight line exactly, and its interval is that slope', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: 3, max: 40 }),
        (start, slope, count) => {
          const trend = trendOf(points(Array.from({ length: count }, (_, week) => start + slope * week)))!
          expect(trend.perWeek).toBeCloseTo(slope, 6)
          expect(trend.perWeekLow).toBeCloseTo(slope, 6)
          expect(trend.perWeekHigh).toBeCloseTo(slope, 6)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('has its slope inside its interval, whatever the points', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 }), (values) => {
        const trend = trendOf(points(values))!
        expect(trend.perWeekLow).toBeLessThanOrEqual(trend.perWeek + 1e-9)
        expect(trend.perWeekHigh).toBeGreaterThanOrEqual(trend.perWeek - 1e-9)
      }),
      { numRuns: 200 },
    )
  })

  it('does not know a slope from one point', () => {
    expect(trendOf(points([3]))).toBeNull()
  })

  it('leaves out weeks nothing is known of, and the cut week at the end', () => {
    const cut = reading(9, { window: { from: '2026-06-01T00:00:00.000Z', to: '2026-06-02T00:00:00.000Z' } })
    expect(pointsOf([...weekly([1, null, 3], NOW), cut]).map((point) => point.value)).toEqual([1, 3])
  })
})

describe('a forecast', () => {
  it('of a duration is never negative', () => {
    const outlook = forecastOf(points([100, 80, 60, 40, 20, 15, 10, 5]), NOW, NOW + 6 * WEEK, 's')
    expect('forecast' in outlook && outlook.forecast.value).toBe(0)
    expect('forecast' in outlook && outlook.forecast.low).toBe(0)
  })

  it('grows less certain the further it looks', () => {
    const history = points([5, 6, 4, 7, 5, 8, 5, 7, 6, 8, 7, 9, 6, 8, 7, 9])
    const width = (weeksAhead: number) => {
      const outlook = forecastOf(history, NOW, NOW + weeksAhead * WEEK, 's')
      if (!('forecast' in outlook)) throw new Error('expected a forecast')
      return outlook.forecast.high - outlook.forecast.low
    }
    expect(width(12)).toBeGreaterThan(width(2))
  })

  it('of scattered weeks holds what comes next about as often as it says', () => {
    // A deterministic saw-tooth around a rising line: the tenth week must lie inside the interval made of the first nine.
    const values = [10, 13, 11, 15, 13, 16, 14, 18, 16]
    const outlook = forecastOf(points(values), NOW, NOW + WEEK, 'count')
    if (!('forecast' in outlook)) throw new Error('expected a forecast')
    expect(outlook.forecast.low).toBeLessThan(18.5)
    expect(outlook.forecast.high).toBeGreaterThan(17)
  })
})

describe('a pace', () => {
  it('is not read from fewer than four weeks', () => {
    const pace = paceOf(points([3, 2, 1]), { value: 1, at: NOW }, { value: 0, by: NOW + 4 * WEEK }, 'lower')
    expect(pace.seen).toBeNull()
    expect(pace.suffices).toBeNull()
    expect(pace.needed).toBeCloseTo(-0.25)
  })

  it('is said with its sign and in the words of its unit', () => {
    expect(paceWords(-8640, 's')).toBe('−2.4 h a week')
    expect(paceWords(0.012, 'ratio')).toBe('+1.2 points a week')
  })
})
