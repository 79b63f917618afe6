import { describe, expect, it } from 'vitest'
import { DAY } from '../../../ground/core/index.ts'
import type { OutcomeIntent } from '../intent/index.ts'
import { judgeOutcome, type OutcomeGrounds, type Outlook } from './outcome.ts'
import { reading } from './reading.fixture.ts'

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
  guardrails: [],
  at: NOW,
}
/** Weeks that lead to so many days on the day of the target. */
const leading = (value: number, probability: number): Outlook => ({
  pace: { slope: { value: days(-0.1), low: days(-0.12), high: days(-0.08) }, weeks: 15 },
  forecast: {
    value: days(value),
    low: days(value - 0.3),
    high: days(value + 0.4),
    level: 0.8,
    weeks: 40,
    n: 160,
    held: 0.79,
    heldOf: 90,
    points: [],
  },
  likelihood: { probability, basis: 'forecast', n: 30 },
})
const walking = (perWeek: number, probability: number): Outlook => ({
  pace: { slope: { value: days(perWeek), low: days(perWeek - 0.05), high: days(perWeek + 0.05) }, weeks: 12 },
  forecastUnknown: { code: 'short_history', why: '12 weeks', fix: 'Wait.' },
  likelihood: { probability, basis: 'pace', n: 12 },
})
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

  it('is on course when its forecast reaches the target, with how likely that is', () => {
    const verdict = judge({}, { outlook: leading(0.8, 0.71) })
    expect(verdict.judgement.state).toBe('on_course')
    expect(verdict.because).toBe('now 2.5 d (n = 40); forecast 19 h by then (80 %: 12 h to 29 h; 40 weeks): 71 % likely to be reached')
    expect(verdict.likelihood!.probability).toBe(0.71)
  })

  it('is at risk when its forecast falls short', () => {
    expect(state({}, { outlook: leading(1.4, 0.12) })).toBe('at_risk')
  })

  it('is judged by pace where nothing can be foretold', () => {
    const fast = judge({}, { outlook: walking(-0.2, 0.97) })
    expect(fast.judgement.state).toBe('on_course')
    expect(fast.forecast).toBeNull()
    expect(fast.forecastUnknown!.code).toBe('short_history')
    expect(fast.because).toContain('seen over 12 weeks: 97 % likely to be reached')
    const slow = judge({}, { outlook: walking(-0.02, 0.03) })
    expect(slow.judgement.state).toBe('at_risk')
    expect(slow.pace!.suffices).toBe(false)
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

  const watchOf = (daysAgo: number, now: number, watched: number[] = []) => {
    const grounds = { atDue: reading(days(0.9)), reading: reading(days(now)), watched: watched.map((value) => reading(days(value))) }
    const { judgement, watch } = judge({ target: { value: '1d', by: NOW - daysAgo * DAY } }, grounds)
    return [judgement.state, watch?.state]
  }

  it('is watched for two periods, and a relapse in them opens it again', () => {
    expect(watchOf(7, 0.9)).toEqual(['met', 'watched'])
    expect(watchOf(7, 3)).toEqual(['at_risk', 'relapsed'])
    expect(judge(past, { atDue: reading(days(0.9)), reading: reading(days(3)) }).because).toContain('relapsed since and open again')
  })

  it('stays open after the watch until it is back, and is closed where nothing happened in it', () => {
    expect(watchOf(90, 3, [2, 3])).toEqual(['at_risk', 'relapsed'])
    expect(watchOf(90, 0.9, [2, 0.9])).toEqual(['met', 'recovered'])
    expect(watchOf(90, 0.9, [0.9, 0.8])).toEqual(['met', 'kept'])
    expect(watchOf(90, 3, [0.9, 0.8])).toEqual(['met', 'kept'])
  })

  it('is unknown when nothing was read on its date', () => {
    expect(state(past, { atDue: reading(null) })).toBe('unknown')
  })
})
