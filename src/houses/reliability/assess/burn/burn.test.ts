import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../../../ground/core/index.ts'
import {
  type AlertRule,
  type Burn,
  burnOf,
  canFire,
  deadTests,
  evaluate,
  eventsOneFailureIsLostIn,
  factorOf,
  pairsOf,
  replay,
  rulesOfPairs,
  STANDARD_PAIRS,
  step,
  timeToFire,
} from './index.ts'

describe('the pairs of windows', () => {
  test.each([
    // The Site Reliability Workbook, chapter 5, for 30 days; the same windows with the factors of 28.
    [30, [14.4, 6, 3, 1]],
    [28, [13.44, 5.6, 2.8, 14 / 15]],
  ])('of %i days have the published factors', (days, factors) => {
    pairsOf(days * DAY).forEach((pair, index) => expect(factorOf(pair, days * DAY)).toBeCloseTo(factors[index]!, 10))
    expect(pairsOf(days * DAY)).toEqual(STANDARD_PAIRS)
  })

  test('of any other period keep share and factor, and no window is too short to be filled', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 366 }), (days) => {
        const pairs = pairsOf(days * DAY)
        expect(pairs.length).toBeGreaterThan(0)
        for (const pair of pairs) {
          expect(pair.short).toBeGreaterThanOrEqual(5 * MINUTE)
          expect(pair.long).toBeGreaterThanOrEqual(2 * pair.short)
          expect(pair.long).toBeLessThan(days * DAY)
          // Windows are whole minutes, and the factor is that of the rounded window.
          expect((factorOf(pair, days * DAY) * pair.long) / (days * DAY)).toBeCloseTo(pair.share, 9)
        }
      }),
    )
    expect(pairsOf(90 * DAY).map((pair) => factorOf(pair, 90 * DAY))).toEqual([14.4, 6, 3, 1])
    expect(pairsOf(7 * DAY)[1]).toMatchObject({ long: 84 * MINUTE, short: 7 * MINUTE })
  })

  test('that somebody has chosen for a period win', () => {
    const chosen = [{ severity: 'page', long: 2 * HOUR, short: 10 * MINUTE, share: 0.08 }] as const
    expect(pairsOf(7 * DAY, new Map([[7 * DAY, chosen]]))).toEqual(chosen)
    expect(factorOf(chosen[0], 7 * DAY)).toBe(6.72)
  })
})

describe('an alert that can never fire', () => {
  test('is told: the burn is never more than 1 ÷ budget', () => {
    const [page] = rulesOfPairs(STANDARD_PAIRS, 30 * DAY) as [AlertRule]
    expect(deadTests(page, 0.999)).toEqual([])
    expect(deadTests(page, 0.93).map(({ threshold }) => threshold)).toEqual([14.4])
    expect(deadTests(page, 0.8).map(({ threshold }) => threshold)).toEqual([14.4, 6])
    expect([0.9305, 0.9306].map((target) => canFire({ op: 'gt', threshold: 14.4 }, target))).toEqual([false, true])
  })

  test('fires in no traffic at all, and one that can fires in an outage', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 0.999, noNaN: true }), fc.double({ min: 1, max: 40, noNaN: true }), (target, threshold) => {
        const test = { windows: [HOUR], op: 'gt', threshold } as const
        const outage = () => burnOf({ good: 0, total: 100 }, { target, silence: 'unknown' })
        const rule = { key: 'page', severity: 'page', after: 0, anyOf: [test] }
        expect(evaluate(rule, outage).state).toBe(canFire(test, target) ? 'burning' : 'calm')
      }),
    )
  })

  test('an outage is noticed after factor × budget × window, and one failure is lost among enough events', () => {
    const pair = { windows: [HOUR, 5 * MINUTE], op: 'gt', threshold: 14.4 } as const
    expect(timeToFire(pair, 0.999, 1)! / 1000).toBeCloseTo(51.84)
    expect(timeToFire(pair, 0.999, 0.0144)).toBeNull()
    expect(timeToFire(pair, 0.99, 0.5, 2 * MINUTE)! / MINUTE).toBeCloseTo(19.28)
    expect(eventsOneFailureIsLostIn({ threshold: 14.4 }, 0.999)).toBe(70)
  })
})

test('burn is by events, and silence counts as the promise says', () => {
  const half = { good: 98, total: 100 }
  const none = { good: 0, total: 0 }
  expect(burnOf(half, { target: 0.99, silence: 'unknown' }).rate).toBeCloseTo(2)
  expect(burnOf(half, { target: 0.99, silence: 'good' }).rate).toBeCloseTo(2)
  expect(burnOf(none, { target: 0.99, silence: 'unknown' })).toEqual({ rate: null, n: 0 })
  expect(burnOf(none, { target: 0.99, silence: 'good' })).toEqual({ rate: 0, n: 0 })
  // Good and all are read at different moments: more good than all is none bad.
  expect(burnOf({ good: 101, total: 100 }, { target: 0.99, silence: 'unknown' }).rate).toBe(0)
})

describe('a rule', () => {
  const rule: AlertRule = {
    key: 'page',
    severity: 'page',
    after: 0,
    anyOf: [
      { windows: [HOUR, 5 * MINUTE], op: 'gt', threshold: 10 },
      { windows: [6 * HOUR, 30 * MINUTE], op: 'gt', threshold: 5 },
    ],
  }
  const burns =
    (rates: Record<number, number | null>, n = 1_000) =>
    (window: number): Burn => ({ rate: rates[window]!, n })
  const [h1, m5, h6, m30] = [HOUR, 5 * MINUTE, 6 * HOUR, 30 * MINUTE]

  test('needs both windows of one pair; one pair is enough', () => {
    expect(evaluate(rule, burns({ [h1]: 11, [m5]: 9, [h6]: 1, [m30]: 9 })).state).toBe('calm')
    expect(evaluate(rule, burns({ [h1]: 11, [m5]: 11, [h6]: 1, [m30]: 9 })).state).toBe('burning')
    expect(evaluate(rule, burns({ [h1]: 1, [m5]: 1, [h6]: 6, [m30]: 6 }))).toMatchObject({ state: 'burning', test: { threshold: 5 } })
  })

  test('says nothing where it knows nothing or too few, unless one window settles it', () => {
    const none = burns({ [h1]: 11, [m5]: null, [h6]: null, [m30]: null })
    expect(evaluate(rule, none)).toMatchObject({ state: 'unknown', unknown: 'no_data' })
    expect(evaluate(rule, burns({ [h1]: 1, [m5]: null, [h6]: 1, [m30]: null })).state).toBe('calm')
    expect(evaluate(rule, burns({ [h1]: 50, [m5]: 50, [h6]: 50, [m30]: 50 }, 3), 10)).toMatchObject({ unknown: 'few_events' })
  })

  test('waits as long as it is told, and silence neither starts nor ends it', () => {
    const after = 10 * MINUTE
    const pending = step(null, { state: 'burning' }, after, 0)!
    expect(pending).toEqual({ state: 'pending', since: 0, firedAt: null })
    expect(step(pending, { state: 'burning' }, after, 9 * MINUTE)).toBeUndefined()
    expect(step(pending, { state: 'unknown' }, after, 60 * MINUTE)).toBeUndefined()
    const firing = step(pending, { state: 'burning' }, after, after)!
    expect(firing).toEqual({ state: 'firing', since: 0, firedAt: after })
    expect(step(firing, { state: 'unknown' }, after, DAY)).toBeUndefined()
    expect(step(firing, { state: 'calm' }, after, DAY)).toBeNull()
    expect(step(pending, { state: 'calm' }, after, MINUTE)).toBeNull()
    expect(step(null, { state: 'calm' }, after, MINUTE)).toBeUndefined()
  })
})

describe('on past minutes', () => {
  const minutes = (count: number, good: (minute: number) => number) => ({
    from: 0,
    good: Float64Array.from({ length: count }, (_, minute) => good(minute)),
    total: new Float64Array(count).fill(100),
  })
  const rules = rulesOfPairs(STANDARD_PAIRS, 30 * DAY)

  test('an outage pages as soon as the formula says and clears when the short windows are clean again', () => {
    // Ten minutes at half of all: 14.4 × 0.001 × 60 min ÷ 0.5 = 1.7 minutes, seen at the end of the second.
    const bad = (minute: number) => minute >= 500 && minute < 510
    const found = replay(
      rules,
      minutes(2_000, (minute) => (bad(minute) ? 50 : 100)),
      { target: 0.999 },
    )
    const [page, ...others] = found.filter(({ severity }) => severity === 'page')
    expect(page).toMatchObject({ from: 502 * MINUTE, to: 540 * MINUTE })
    expect(page!.most).toBeCloseTo((10 * 50) / 6_000 / 0.001)
    expect(others).toEqual([])
    // At its second minute 100 of all 50,200 are lost, a burn of 2 where the pair of three days warns at 1.
    expect(found.filter(({ severity }) => severity === 'ticket')[0]).toMatchObject({ from: 502 * MINUTE })
  })

  test('the sliding sums equal a count from scratch at every minute', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(20), fc.boolean()), { minLength: 10, maxLength: 80 }), (events) => {
        const total = Float64Array.from(events, ([bad, good, silent]) => (silent ? NaN : bad + good))
        const good = Float64Array.from(events, ([, good, silent]) => (silent ? NaN : good))
        const rule: AlertRule = {
          key: 'k',
          severity: 'page',
          after: 0,
          anyOf: [{ windows: [8 * MINUTE, 3 * MINUTE], op: 'gt', threshold: 2 }],
        }
        let standing = null as ReturnType<typeof step> | null
        const starts: number[] = []
        for (let end = 1; end <= events.length; end += 1) {
          const burn = (window: number): Burn => {
            const some = events.slice(Math.max(0, end - window / MINUTE), end).filter(([, , silent]) => !silent)
            const n = some.reduce((sum, [bad, good]) => sum + bad + good, 0)
            const lost = some.reduce((sum, [bad]) => sum + bad, 0)
            return { rate: n === 0 ? null : lost / n / 0.25, n }
          }
          const next = step(standing ?? null, evaluate(rule, burn), 0, end * MINUTE)
          if (next?.state === 'firing') starts.push(end * MINUTE)
          if (next !== undefined) standing = next
        }
        expect(replay([rule], { from: 0, good, total }, { target: 0.75 }).map(({ from }) => from)).toEqual(starts)
      }),
    )
  })
})
