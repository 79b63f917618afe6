import { expect, test } from 'vitest'
import { DEFAULT_POLICY, type Policy, type Rule } from '../intent/index.ts'
import { type Evidence, evaluate, type Release, type SloEvidence } from './index.ts'

const AT = Date.parse('2026-06-05T12:00:00Z') // a Friday
const RELEASE: Release = { component: 'component:default/checkout', environment: 'production', commit: null, fixes: [], purpose: null }
const KNOWN: Evidence = {
  at: AT,
  belongs: ['component:default/checkout', 'system:default/shop', 'namespace:default'],
  slos: [],
  incidents: [],
  incidentsHeard: true,
  deployments: [],
  failuresHeard: true,
  readings: {},
  exceptions: [],
  override: null,
}
const slo = (more: Partial<SloEvidence>): SloEvidence => ({
  slo: 'slo:default/pages',
  title: 'Pages answer',
  own: true,
  window: '28 d',
  remaining: 0.4,
  minutesLeft: 17,
  minutesTotal: 43,
  burn: { '1h': 1 },
  n: 1000,
  ...more,
})
const policy = (...rules: Rule[]): Policy => ({
  ref: 'gatepolicy:default/production',
  title: 'Production',
  version: 1,
  covers: ['namespace:default'],
  environment: 'production',
  rules,
})
const budget: Rule = { rule: 'budget', name: 'budget', mode: 'enforce', unknown: 'hold', exempt: ['security'], atLeast: 0.1, slos: null }
const judge = (rule: Rule, known: Partial<Evidence>, release: Partial<Release> = {}) => {
  const { verdict, reasons } = evaluate([policy(rule)], { ...RELEASE, ...release }, { ...KNOWN, ...known })
  return { verdict, ...reasons[0]! }
}

test('a budget that is spent holds, one that is overspent says by how much, and a security fix passes', () => {
  expect(judge(budget, { slos: [slo({})] })).toMatchObject({ verdict: 'go', state: 'pass', turnsGreen: null })
  const spent = judge(budget, { slos: [slo({}), slo({ title: 'Bookings', remaining: -0.25, minutesLeft: -11 })] })
  expect(spent).toMatchObject({ verdict: 'hold', state: 'fail', effect: 'holds' })
  expect(spent.words).toContain('Bookings: its budget is overspent by 25 %, 11 min more than the 43 allowed')
  expect(spent.turnsGreen).toContain('Bookings: 10 %')
  expect(judge(budget, { slos: [slo({ remaining: 0 })] }, { purpose: 'security' })).toMatchObject({
    verdict: 'go',
    excuse: { by: 'purpose' },
  })
})

test('a budget that is spent to the last event is not overspent by the last digits of a division', () => {
  const any: Rule = { rule: 'budget', name: 'budget', mode: 'enforce', unknown: 'hold', exempt: [], atLeast: 0, slos: null }
  const remaining = 1 - 0.1 / (1 - 0.9)
  expect(remaining).toBeLessThan(0)
  expect(judge(any, { slos: [slo({ remaining })] })).toMatchObject({ state: 'pass' })
})

test('silence is no budget: what unknown does is what the rule says, and warn never holds', () => {
  const silent = { slos: [slo({ remaining: null, unknown: { code: 'no_data', why: 'No samples came.', fix: 'Send them.' } })] }
  expect(judge(budget, silent)).toMatchObject({ verdict: 'hold', state: 'unknown', turnsGreen: 'Send them.' })
  expect(judge({ ...budget, unknown: 'warn' }, silent)).toMatchObject({ verdict: 'go', effect: 'warns' })
  expect(judge({ ...budget, unknown: 'pass' }, silent)).toMatchObject({ verdict: 'go', effect: 'none' })
  expect(judge({ ...budget, mode: 'warn' }, silent)).toMatchObject({ verdict: 'go', effect: 'warns' })
  expect(judge(budget, { slos: [] })).toMatchObject({ verdict: 'hold', state: 'unknown', words: expect.stringContaining('no SLO') })
  // What is known to be broken decides, whatever else is dark.
  expect(judge(budget, { slos: [...silent.slos, slo({ remaining: 0 })] })).toMatchObject({ state: 'fail' })
})

test('a burn rate is held against the window it names', () => {
  const rule: Rule = { rule: 'burn', name: 'burn', mode: 'enforce', unknown: 'pass', exempt: [], atMost: 14.4, window: '1h', slos: null }
  expect(judge(rule, { slos: [slo({ burn: { '1h': 14.4, '6h': 40 } })] })).toMatchObject({ state: 'pass' })
  expect(judge(rule, { slos: [slo({ burn: { '1h': 14.5 } })] })).toMatchObject({ verdict: 'hold', state: 'fail' })
  expect(judge(rule, { slos: [slo({ burn: { '6h': 1 } })] })).toMatchObject({ state: 'unknown' })
})

test('a freeze is read from the clock on the wall of its zone, also where the clock is changed', () => {
  const freeze = (spans: Extract<Rule, { rule: 'freeze' }>['spans'], zone = 'Europe/Berlin'): Rule => ({
    rule: 'freeze',
    name: 'freeze',
    mode: 'enforce',
    exempt: [],
    zone,
    spans,
  })
  const weekend = freeze([{ days: ['fri'], after: '14:00', before: '24:00', reason: 'weekend ahead', except: [] }])
  // 12:00 UTC is 14:00 in Berlin in summer, 13:00 in winter.
  expect(judge(weekend, {})).toMatchObject({
    verdict: 'hold',
    words: 'frozen: weekend ahead',
    turnsGreen: 'after midnight (Europe/Berlin)',
  })
  expect(judge(weekend, { at: Date.parse('2026-12-04T12:00:00Z') })).toMatchObject({ verdict: 'go' })
  const holidays = freeze([
    {
      from: '2026-12-20T18:00',
      to: '2027-01-04T08:00',
      reason: 'holidays',
      except: ['component:default/status-page', 'system:default/shop'],
    },
  ])
  const inside = { at: Date.parse('2026-12-20T17:00:00Z') }
  expect(judge(holidays, { ...inside, belongs: ['component:default/search', 'namespace:default'] })).toMatchObject({
    verdict: 'hold',
    turnsGreen: 'after 2027-01-04 08:00 (Europe/Berlin)',
  })
  expect(judge(holidays, inside)).toMatchObject({ verdict: 'go', words: expect.stringContaining('not for it') })
  expect(judge(holidays, { at: Date.parse('2026-12-20T16:59:00Z') })).toMatchObject({ verdict: 'go' })
})

test('an open incident holds unless the release fixes it; without any incident ever told silence is unknown', () => {
  const [rule] = DEFAULT_POLICY.rules as [Extract<Rule, { rule: 'open_incident' }>]
  const incident = {
    id: 'incident:pager/812',
    names: ['incident:pager/812', 'pager/812', '812'],
    subject: 'component:default/checkout',
    title: 'Cards are refused',
    severity: 'SEV1',
    openedAt: AT - 3_600_000,
  }
  expect(judge(rule, { incidents: [incident] })).toMatchObject({
    verdict: 'hold',
    evidence: [{ kind: 'record', id: 'incident:pager/812' }],
  })
  expect(judge(rule, { incidents: [incident] }, { fixes: ['pager/812'] })).toMatchObject({ verdict: 'go', state: 'pass' })
  expect(judge({ ...rule, severities: ['sev2'] }, { incidents: [incident] })).toMatchObject({ state: 'pass' })
  expect(judge({ ...rule, severities: ['sev2'] }, { incidents: [{ ...incident, severity: null }] })).toMatchObject({ state: 'fail' })
  expect(judge(rule, { incidentsHeard: false })).toMatchObject({ state: 'unknown', effect: 'warns' })
})

test('failures are counted among the last deployments, or those of a stretch of time', () => {
  const hour = 3_600_000
  const deployments = [true, false, true, true].map((failed, index) => ({
    id: `deployment:ci/${4 - index}`,
    finishedAt: AT - (index + 1) * 10 * hour,
    failed,
    failedBy: failed ? [`incident:pager/${index}`] : [],
  }))
  const rule = {
    rule: 'recent_failures',
    name: 'f',
    mode: 'enforce',
    unknown: 'hold',
    exempt: [],
    atMost: 1,
    last: 2,
    within: null,
  } as const
  expect(judge(rule, { deployments })).toMatchObject({ state: 'pass', words: '1 of the last 2 deployments failed' })
  expect(judge({ ...rule, last: 3 }, { deployments })).toMatchObject({
    state: 'fail',
    words: '2 of the last 3 deployments failed; at most 1',
  })
  const within = judge({ ...rule, last: null, within: 36 * hour }, { deployments })
  expect(within).toMatchObject({ state: 'fail', words: '2 of the last 36 h failed; at most 1' })
  expect(within.turnsGreen).toContain(new Date(AT + 6 * hour).toISOString())
  expect(judge(rule, { deployments: [] })).toMatchObject({ state: 'unknown', verdict: 'hold' })
  expect(judge(rule, { deployments: deployments.slice(1, 2), failuresHeard: false })).toMatchObject({ state: 'unknown' })
})

test('an exception excuses all rules of its policy, an override lets pass what would be held, an obstacle is no verdict', () => {
  const exception = { ref: 'exception:default/e', policy: 'gatepolicy:default/production', reason: 'moved', until: AT + 1 }
  expect(judge(budget, { slos: [slo({ remaining: 0 })], exceptions: [exception] })).toMatchObject({
    verdict: 'go',
    state: 'fail',
    excuse: { by: 'exception', ref: 'exception:default/e' },
  })
  const override = { decision: 'decision:default/d', reason: 'certificate ends', by: 'user:default/u1', until: AT + 1 }
  const held = { ...KNOWN, slos: [slo({ remaining: 0 })], override }
  expect(evaluate([policy(budget)], RELEASE, held)).toMatchObject({ verdict: 'go', overridden: true, reasons: [{ effect: 'holds' }] })
  expect(evaluate([policy(budget)], RELEASE, { ...KNOWN, slos: [slo({})], override })).toMatchObject({ verdict: 'go', overridden: false })
  expect(evaluate([policy(budget)], RELEASE, held, 'nobody knows it')).toMatchObject({ verdict: 'could_not', overridden: false })
})
