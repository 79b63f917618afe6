import { describe, expect, it } from 'vitest'
import { DAY } from '../../../ground/core/index.ts'
import type { OutcomeIntent } from '../intent/index.ts'
import { judgeOutcome, type OutcomeGrounds } from './outcome.ts'
import { reading, weekly } from './reading.fixture.ts'

const NOW = Date.parse('2026-06-01T00:00:00Z')
const faster: OutcomeIntent = {
  ref: 'outcome:default/faster',
  title: 'Faster',
  statement: 'Customers get improvements within a day.',
  measure: 'delivery.change_lead_time',
  subject: 'namespace:default',
  baseline: { value: '4d', at: Date.parse('2026-03-01T00:00:00Z') },
  target: { value: '1d', by: Date.parse('2026-09-01T00:00:00Z') },
  guardrails: [],
}
const grounds: OutcomeGrounds = {
  measure: { title: 'Change lead time', better: 'lower' },
  reading: reading((2.5 * DAY) / 1000),
  series: [],
  guardrails: [],
  at: NOW,
}
const days = (count: number) => (count * DAY) / 1000
const judge = (outcome: Partial<OutcomeIntent> = {}, more: Partial<OutcomeGrounds> = {}) =>
  judgeOutcome({ ...faster, ...outcome }, { ...grounds, ...more })
const state = (...args: Parameters<typeof judge>) => judge(...args).judgement.state

describe('an outcome before its date', () => {
  it('is met when its reading reaches the target, with the rule in words', () => {
    const verdict = judge({}, { reading: reading(days(0.8)) })
    expect(verdict.judgement.state).toBe('met')
    expect(verdict.judgement.rule).toContain('change lead time at most 24 h by 31 August 2026')
    expect(verdict.progress).toBeCloseTo(3.2 / 3)
  })

  it('is on course when the weeks since the baseline, continued, reach the target', () => {
    const verdict = judge({}, { series: weekly([4.2, 4.1, 4, 3.9, 3.7, 3.6, 3.4, 3.3, 3.2, 3, 2.9, 2.7, 2.6, 2.5, 2.4].map(days), NOW) })
    expect(verdict.judgement.state).toBe('on_course')
    expect(verdict.forecast!.value).toBeLessThanOrEqual(days(1))
    expect(verdict.forecast!.low).toBeLessThanOrEqual(verdict.forecast!.value)
    expect(verdict.forecast!.high).toBeGreaterThanOrEqual(verdict.forecast!.value)
    expect(verdict.forecast!.weeks).toBe(15)
  })

  it('is at risk when it improves too slowly', () => {
    const verdict = judge({}, { series: weekly([3, 2.95, 2.95, 2.9, 2.8, 2.8, 2.75, 2.7, 2.7, 2.65, 2.6, 2.6, 2.5].map(days), NOW) })
    expect(verdict.judgement.state).toBe('at_risk')
    expect(verdict.pace!.suffices).toBe(false)
  })

  it('is not thrown off its course by two terrible weeks', () => {
    const values = [4, 3.9, 3.7, 3.6, 30, 3.3, 3.2, 3, 2.9, 25, 2.6, 2.5, 2.4].map(days)
    expect(state({}, { series: weekly(values, NOW) })).toBe('on_course')
  })

  it('is judged by pace when history is too short for a forecast', () => {
    const verdict = judge({}, { series: weekly([3.1, 2.9, 2.7, 2.5].map(days), NOW) })
    expect(verdict.forecast).toBeNull()
    expect(verdict.forecastUnknown!.code).toBe('short_history')
    expect(verdict.judgement.state).toBe('on_course')
    expect(verdict.because).toContain('seen over 4 weeks')
  })

  it('makes no forecast further ahead than it can look back', () => {
    const verdict = judge(
      { target: { value: '1d', by: NOW + 400 * DAY } },
      {
        series: weekly(
          Array.from({ length: 10 }, () => days(3)),
          NOW,
        ),
      },
    )
    expect(verdict.forecastUnknown!.code).toBe('too_far_ahead')
  })

  it('is held against the straight line from its baseline when there is no history at all', () => {
    expect(state()).toBe('on_course') // half the time gone, half the way covered
    expect(state({}, { reading: reading(days(3.9)) })).toBe('at_risk')
  })

  it('is unknown, not at risk, while its baseline is younger than one window', () => {
    const verdict = judge({ baseline: { value: '4d', at: NOW - 3 * DAY } }, { reading: reading(days(4)) })
    expect(verdict.judgement.state).toBe('unknown')
    expect(verdict.because).toContain('(n = 40); too early to tell: its baseline is from 29 May 2026')
  })

  it('is unknown without a measure, a target, a reading, or a unit that fits', () => {
    expect(state({ measure: undefined }, { reading: null })).toBe('unknown')
    expect(state({ target: undefined })).toBe('unknown')
    expect(judge({}, { reading: reading(null) }).because).toBe('no deployment source')
    expect(judge({ target: { value: '12%', by: faster.target!.by } }).because).toContain('cannot be read in the unit s')
    expect(judge({ quantile: 'p90' }).because).toContain('no p90')
  })

  it('takes the direction from baseline to target when the measure has none, and is unknown without either', () => {
    expect(judge({}, { measure: null }).direction).toBe('lower')
    expect(state({ baseline: undefined }, { measure: null })).toBe('unknown')
  })

  it('is at risk when reached at the cost of a guardrail', () => {
    const rail = {
      intent: { measure: 'delivery.change_failure_rate', subject: 'namespace:default', atMost: 0.1 },
      measure: { title: 'Change failure rate', better: 'lower' as const },
      reading: reading(0.2, { unit: 'ratio' }),
    }
    const verdict = judge({}, { reading: reading(days(0.8)), guardrails: [rail] })
    expect(verdict.judgement.state).toBe('at_risk')
    expect(verdict.because).toContain('change failure rate at most 10 %; now 20 %')
  })
})

describe('an outcome after its date', () => {
  const past = { target: { value: '1d', by: NOW - 7 * DAY } }

  it('is met or missed by what was read on its date', () => {
    expect(state(past, { atDue: reading(days(0.9)), reading: reading(days(0.9)) })).toBe('met')
    expect(state(past, { atDue: reading(days(2)), reading: reading(days(2)) })).toBe('missed')
    expect(judge(past, { atDue: reading(days(2)), reading: reading(days(0.5)) }).because).toContain('reached since')
  })

  it('reopens when it relapses within two periods, and stays met after them', () => {
    expect(state(past, { atDue: reading(days(0.9)), reading: reading(days(3)) })).toBe('at_risk')
    expect(state({ target: { value: '1d', by: NOW - 57 * DAY } }, { atDue: reading(days(0.9)), reading: reading(days(3)) })).toBe('met')
  })

  it('is unknown when nothing was read on its date', () => {
    expect(state(past, { atDue: reading(null) })).toBe('unknown')
  })
})
