import { describe, expect, test } from 'vitest'
import { drawOf, type Truth } from '../../effect-truth.test-data.ts'
import { type EffectEstimate, estimateEffect, placebosOf } from './index.ts'
import { studentCdf } from './student.ts'

const DRAWS = 300

function estimated(...asked: Parameters<typeof estimateEffect>): EffectEstimate {
  const estimate = estimateEffect(...asked)
  if ('course' in estimate) return estimate
  throw new Error(`too few weeks: ${JSON.stringify(estimate)}`)
}

/** How often the interval holds the truth, and how often it leaves out "nothing changed". */
function shares(truth: Truth) {
  let [holds, called] = [0, 0]
  for (let draw = 0; draw < DRAWS; draw++) {
    const { low, high } = estimated(drawOf(`suite ${draw}`, truth))
    if (low! <= truth.effect && truth.effect <= high!) holds++
    if (low! > 0 || high! < 0) called++
  }
  return { holds: holds / DRAWS, called: called / DRAWS }
}

describe('26 weeks before and after, noise of 15 % that remembers 0.3, 300 draws', () => {
  test('an effect of a fifth is found beside eight untouched components, either way, and lies in its interval', () => {
    const more = shares({ effect: 0.2, controls: 8 })
    expect(more.holds).toBeGreaterThanOrEqual(0.9)
    expect(more.called).toBeGreaterThanOrEqual(0.8)
    expect(shares({ effect: -0.2, controls: 8 }).called).toBeGreaterThanOrEqual(0.9)
  })

  test('nothing is called an effect in at most one of twenty, also when a shock hits everybody alike', () => {
    for (const truth of [
      { effect: 0, controls: 8 },
      { effect: 0, controls: 5, shock: 0.5 },
      { effect: 0, controls: 0 },
    ]) {
      const { holds, called } = shares(truth)
      expect(holds).toBeGreaterThanOrEqual(0.9)
      expect(called).toBeLessThanOrEqual(0.05)
    }
  })
})

test('the distribution of Student is that of the tables', () => {
  for (const [freedom, at975] of [
    [1, 12.7062],
    [2, 4.30265],
    [5, 2.57058],
    [10, 2.22814],
    [51, 2.00758],
  ] as const) {
    expect(studentCdf(at975, freedom)).toBeCloseTo(0.975, 5)
    expect(studentCdf(-at975, freedom)).toBeCloseTo(0.025, 5)
    expect(studentCdf(0, freedom)).toBeCloseTo(0.5, 12)
  }
})

describe('the strongest comparison the data allow', () => {
  const question = drawOf('one', { effect: -0.3, controls: 4, shock: 1 })

  test('untouched components take out what hits everybody; without them the shock is in the difference', () => {
    const beside = estimated(question)
    expect(beside).toMatchObject({ design: 'comparison', against: 'controls', weeks: { before: 26, after: 26 } })
    expect(beside.effect).toBeGreaterThan(-0.45)
    expect(beside.effect).toBeLessThan(-0.15)
    const alone = estimated({ ...question, controls: [] })
    expect(alone).toMatchObject({ design: 'before_after', against: 'own_trend', controls: [] })
    expect(alone.effect).toBeGreaterThan(0)
  })

  test('a season that comes every year is no effect where the year before is known', () => {
    const { treated, cut } = drawOf('season', { effect: 0, controls: 0 })
    const season = (values: typeof treated) => values.map((value, week) => value! * (week < cut ? 1 : 1.6))
    const yearBefore = season(drawOf('season before', { effect: 0, controls: 0 }).treated)
    const { against, low, high } = estimated({ treated: season(treated), controls: [], yearBefore, cut })
    expect(against).toBe('year_before')
    expect(low).toBeLessThan(0)
    expect(high).toBeGreaterThan(0)
    expect(estimated({ treated: season(treated), controls: [], cut }).low).toBeGreaterThan(0)
  })

  test('a series that falls all along has not fallen at the day', () => {
    const treated = drawOf('trend', { effect: 0, controls: 0 }).treated.map((value, week) => value! * 0.97 ** week)
    const { low, high } = estimated({ treated, controls: [], cut: 26 })
    expect(low).toBeLessThan(0)
    expect(high).toBeGreaterThan(0)
  })

  test('untouched components with too few weeks are left out, and missing weeks shift nothing', () => {
    const [first, ...others] = question.controls
    const short = { subject: first!.subject, values: first!.values.map((value, week) => (week < 20 ? null : value)) }
    expect(estimated({ ...question, controls: [short, ...others] }).controls).not.toContain(first!.subject)
    const gaps = drawOf('gaps', { effect: -0.3, controls: 4, gaps: 0.25 })
    const { effect, weeks } = estimated(gaps)
    expect(effect).toBeGreaterThan(-0.45)
    expect(effect).toBeLessThan(-0.15)
    expect(weeks.before).toBeLessThan(26)
  })
})

describe('values that have no logarithm', () => {
  const { treated, controls } = drawOf('zeros', { effect: 0.5, controls: 3 })

  test('with zeros among them it is a share of the level before', () => {
    const withZero = treated.map((value, week) => (week % 9 === 4 ? 0 : value))
    const { scale, effect, low } = estimated({ treated: withZero, controls, cut: 26 })
    expect(scale).toBe('share')
    expect(effect).toBeGreaterThan(0.1)
    expect(low).toBeLessThan(effect!)
  })

  test('a level below zero has a difference and no share', () => {
    const { scale, effect, difference } = estimated({ treated: treated.map((value) => value! - 1_000), controls: [], cut: 26 })
    expect(scale).toBe('absolute')
    expect(effect).toBeNull()
    expect(difference.low).toBeLessThan(difference.value)
  })

  test('values that never move have no effect and no width', () => {
    const still = Array.from({ length: 52 }, () => 5)
    expect(estimated({ treated: still, controls: [], cut: 26 })).toMatchObject({ effect: expect.closeTo(0, 9), low: expect.closeTo(0, 9) })
    expect(estimated({ treated: still.map(() => 0), controls: [], cut: 26 }).difference.value).toBeCloseTo(0, 9)
  })
})

test('too few weeks are told, not guessed from', () => {
  const { treated, controls } = drawOf('few', { effect: 0.5, controls: 3 })
  expect(estimateEffect({ treated: treated.slice(0, 29), controls, cut: 26 })).toEqual({ before: 26, after: 3 })
  expect(estimateEffect({ treated: treated.map((value, week) => (week < 20 ? null : value)), controls, cut: 26 })).toEqual({
    before: 6,
    after: 26,
  })
})

describe('where nothing was done', () => {
  test('a draw without anything odd passes, with every control and three days looked at', () => {
    const { inTime, inSpace, drift } = placebosOf(estimated(drawOf('clean', { effect: -0.3, controls: 5 })))
    expect(inTime).toHaveLength(3)
    expect(inSpace).toHaveLength(5)
    expect([...inTime, ...inSpace, drift!].filter(({ isFound }) => isFound)).toEqual([])
  })

  test('a drift before the day and a control that changed itself are found', () => {
    const { treated, controls, cut } = drawOf('odd', { effect: 0, controls: 5 })
    const drifting = placebosOf(estimated({ treated: treated.map((value, week) => value! * 0.94 ** week), controls, cut }))
    expect(drifting.drift).toMatchObject({ isFound: true, step: { value: expect.closeTo(Math.log(0.94), 1) } })
    const [first, ...others] = controls
    const moved = { subject: first!.subject, values: first!.values.map((value, week) => value! * (week < cut ? 1 : 2)) }
    const odd = placebosOf(estimated({ treated, controls: [moved, ...others], cut })).inSpace.filter(({ isFound }) => isFound)
    expect(odd.map(({ of }) => of)).toContain(first!.subject)
  })
})
