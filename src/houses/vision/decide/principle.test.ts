import { describe, expect, it } from 'vitest'
import type { ExceptionIntent, PrincipleIntent, SignalIntent } from '../intent/index.ts'
import { judgePrinciple } from './principle.ts'
import { reading } from './reading.fixture.ts'
import { judgeSignal } from './signal.ts'

const NOW = Date.parse('2026-06-01T00:00:00Z')
const signal: SignalIntent = { measure: 'delivery.change_size', quantile: 'p75', atMost: 400 }
const principle: PrincipleIntent = {
  ref: 'principle:default/small',
  title: 'Small changes',
  statement: 'Ship small, reversible changes.',
  forbids: [],
  serves: [],
  signals: [signal],
}
const ledgerTeam: ExceptionIntent = {
  ref: 'exception:default/ledger',
  title: 'Ledger rewrite',
  from: principle.ref,
  subjects: ['component:default/ledger'],
  reason: 'one-off rewrite',
  until: Date.parse('2026-07-01T00:00:00Z'),
  approvedBy: 'group:default/council',
}

const sized = (p75: number, n = 30) =>
  reading(200, { measure: 'delivery.change_size', unit: 'lines', n, quantiles: { p50: 200, p75, p90: p75 * 2 } })
function judged(subject: string, read = sized(300), exceptions: ExceptionIntent[] = [], to: string[] = []) {
  return judgeSignal(principle.ref, signal, read, {
    measure: { title: 'Change size', better: 'lower' },
    where: { subject, to },
    exceptions,
    at: NOW,
  })
}
const teams: Record<string, string> = {
  'component:default/cart': 'group:default/web',
  'component:default/ledger': 'group:default/money',
  'component:default/pay': 'group:default/money',
}
const judge = (signals: ReturnType<typeof judged>[], exceptions: ExceptionIntent[] = []) =>
  judgePrinciple(principle, signals, (subject) => teams[subject], exceptions, NOW)

describe('a principle', () => {
  it('is held where every signal keeps its limit', () => {
    const verdict = judge([judged('component:default/cart'), judged('component:default/pay')])
    expect(verdict.judgement).toMatchObject({ state: 'met', rule: 'held in all 2' })
  })

  it('is broken where a signal breaks it, and says in which components and teams', () => {
    const verdict = judge([judged('component:default/cart'), judged('component:default/pay', sized(900))])
    expect(verdict.judgement).toMatchObject({ state: 'missed', rule: 'broken in 1 of 2' })
    expect(verdict.subjects[0]).toMatchObject({ subject: 'component:default/pay', state: 'broken', team: 'group:default/money' })
    expect(verdict.teams[0]).toMatchObject({ team: 'group:default/money', state: 'broken', broken: ['component:default/pay'] })
    expect(verdict.subjects[0]!.signals[0]!.judgement.rule).toBe('p75 of change size at most 400 lines; 900 lines (n = 30)')
  })

  it('is unknown, not held, when nothing was read', () => {
    const verdict = judge([judged('component:default/cart', reading(null))])
    expect(verdict.judgement.state).toBe('unknown')
    expect(judge([]).judgement.state).toBe('unknown')
  })

  it('does not judge how people work by two changes', () => {
    expect(judged('component:default/cart', sized(5000, 2)).state).toBe('unknown')
  })

  it('may be broken under an exception until its day, and is broken again after it', () => {
    const broken = sized(900)
    const excepted = judge([judged('component:default/ledger', broken, [ledgerTeam])], [ledgerTeam])
    expect(excepted.judgement).toMatchObject({ state: 'met', rule: 'held in 0 of 1, 1 excepted' })
    expect(excepted.judgement.evidence).toContain('exception:default/ledger')

    const past = { ...ledgerTeam, until: Date.parse('2026-05-01T00:00:00Z') }
    const lapsed = judge([judged('component:default/ledger', broken, [past])], [past])
    expect(lapsed.judgement.state).toBe('missed')
    expect(lapsed.exceptions.expired.map((exception) => exception.ref)).toEqual(['exception:default/ledger'])
    expect(lapsed.subjects[0]!.signals[0]!.judgement.rule).toContain('its exception ended on 30 April 2026')
  })

  it('is excepted for all a system or team holds, and for nobody else', () => {
    const forTeam = { ...ledgerTeam, subjects: ['group:default/money'] }
    expect(judged('component:default/pay', sized(900), [forTeam], ['group:default/money']).state).toBe('excepted')
    expect(judged('component:default/cart', sized(900), [forTeam], ['group:default/web']).state).toBe('broken')
  })
})
