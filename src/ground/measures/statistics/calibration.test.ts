import { describe, expect, it } from 'vitest'
import { calibrationOf, type KnownForecast } from './calibration.ts'
import { randomOf } from './random.ts'

const said = (probability: number, ...came: (0 | 1)[]): KnownForecast[] => came.map((one) => ({ probability, came: one === 1 }))

describe('calibration', () => {
  it('is exact on a table worked out by hand', () => {
    // (0.1² + 0.1² + 0.9²) + (0.4² + 0.6²) = 0.83 + 0.52 over 5; base rate 3/5.
    const found = calibrationOf([...said(0.9, 1, 1, 0), ...said(0.6, 1, 0)])!
    expect(found.n).toBe(5)
    expect(found.brier).toBeCloseTo(1.35 / 5, 12)
    expect(found.brierOfBase).toBeCloseTo(0.24, 12)
    expect(found.bins.map(({ around, n, share }) => [around, n, share])).toEqual([
      [0.6, 2, 0.5],
      [0.9, 3, 2 / 3],
    ])
    expect(found.overconfidence).toMatchObject({ right: 0.6, confidence: expect.closeTo(0.78, 12), value: expect.closeTo(0.18, 12) })
  })

  it('is 0 for the all-knowing, 0.25 for who always says a half, and nothing without forecasts', () => {
    expect(calibrationOf([...said(0.999_999, 1), ...said(0.000_001, 0)])!.brier).toBeCloseTo(0, 9)
    expect(calibrationOf(said(0.5, 1, 0, 1))!.brier).toBe(0.25)
    expect(calibrationOf([])).toBeNull()
  })

  it('takes doubt for confidence in the opposite, and keeps the edges of a tenth in one place', () => {
    expect(calibrationOf(said(0.2, 0, 0, 0, 0, 1))!.overconfidence.value).toBeCloseTo(0, 12)
    const around = (probability: number) => calibrationOf(said(probability, 1))!.bins[0]!.around
    expect([0.01, 0.14, 0.15, 0.749, 0.75, 0.849, 0.85, 0.99].map(around)).toEqual([0.1, 0.1, 0.2, 0.7, 0.8, 0.8, 0.9, 0.9])
  })

  it('finds planted overconfidence, and none where there is none, in 300 seeded companies of 60 forecasts', () => {
    const LEVELS = [0.6, 0.7, 0.8, 0.9]
    const company = (seed: string, planted: number) => {
      const random = randomOf(seed)
      return calibrationOf(
        Array.from({ length: 60 }, () => {
          const probability = LEVELS[random.below(4)]!
          return { probability, came: random.next() < probability - planted }
        }),
      )!.overconfidence
    }
    const draws = (planted: number) => Array.from({ length: 300 }, (_, index) => company(`${planted}/${index}`, planted))
    const over = draws(0.2)
    expect(over.reduce((sum, { value }) => sum + value, 0) / 300).toBeCloseTo(0.2, 1)
    expect(over.filter(({ low, high }) => low <= 0.2 && high >= 0.2).length).toBeGreaterThanOrEqual(270)
    expect(over.filter(({ low }) => low > 0).length).toBeGreaterThanOrEqual(240)
    expect(draws(0).filter(({ low, high }) => low > 0 || high < 0).length).toBeLessThanOrEqual(18)
  })
})
