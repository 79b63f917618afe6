import { afterAll, beforeAll, expect, test } from 'vitest'
import { BY, call, declare, deployment, incident, later, present, openGoverned, tell } from '../../../test/support/governed.ts'
import type { TestGround } from '../../../test/support/ground.ts'
import { DAY, formatInstant, HOUR } from '../../ground/core/index.ts'
import type { GateAnswer } from './tell/answer.ts'
import type { BudgetState } from './tell/budget-state.ts'
import type { ShareView } from './tell/share.ts'
import type { TrialView } from './tell/trial.ts'

let ground: TestGround
beforeAll(async () => {
  ground = await openGoverned()
})
afterAll(() => ground.store.close())

const sample = (hoursAgo: number, good: number) => {
  const windowStart = formatInstant(Math.floor((present() - hoursAgo * HOUR) / HOUR) * HOUR)
  return {
    kind: 'sli',
    source: 'probe',
    id: windowStart,
    subject: 'component:default/pay',
    indicator: 'paid',
    windowStart,
    at: windowStart,
    seconds: 60,
    good,
    total: 1_000,
  }
}

test('a policy tried on the past says of every release what the gate would have said then, and what holding would have cost', async () => {
  await declare('GatePolicy', 'search', { for: ['component:default/search'], rules: TRIED.rules })
  const start = present() + HOUR
  const at = (hours: number) => start + hours * HOUR
  const about = { subject: 'component:default/search' }
  const shipped: { id: string; hours: number; asked: GateAnswer }[] = []
  const ship = async (id: string, hours: number, ask: Record<string, unknown> | null = { commit: id.padEnd(40, '0') }) => {
    later(at(hours) - present())
    const now = await call('gate.look', { component: 'search', asOf: formatInstant(present()) })
    if (ask) await call('gate.ask', { component: 'search', ...ask })
    later(1_000)
    await tell({ ...deployment(id, at(hours)), ...about })
    shipped.push({ id, hours, asked: now })
  }
  await ship('d1', 0)
  await ship('d2', 24)
  later(HOUR)
  await tell({ ...incident('9', at(25), { causedBy: 'd2' }), ...about })
  await ship('d3', 26)
  later(at(31) - present())
  await tell({ ...incident('9', at(25), { at: formatInstant(at(30)), causedBy: 'd2', resolvedAt: formatInstant(at(30)) }), ...about })
  await ship('d4', 40, null)
  await ship('d5', 80, {})
  later(HOUR)
  // Told late: an incident of d4 that nobody knew of when d5 went out.
  await tell({ ...incident('10', at(41), { causedBy: 'd4', resolvedAt: formatInstant(at(42)) }), ...about })
  const policy = JSON.stringify({ apiVersion: 'throughline.dev/v1', kind: 'GatePolicy', metadata: { name: 'search' }, spec: TRIED })
  const span = { policy, from: formatInstant(start - 1), to: formatInstant(present()) }
  const tried = await call<TrialView>('gate.try', span)
  expect(tried).toMatchObject({ releases: 5, failed: 2, held: 2, caught: 1, toldLater: 0 })
  expect(tried.words).toBe('It would have held 2 of 5 releases, 1 of the 2 that failed, and made them wait at least 3.5 days in all.')
  const said = new Map(tried.listed.map(({ id, verdict, why }) => [id, { verdict, why: why.map(({ words }) => words) }]))
  for (const { id, asked } of shipped)
    expect([id, said.get(`deployment:ci/${id}`)]).toEqual([
      id,
      { verdict: asked.verdict, why: asked.reasons.filter(({ effect }) => effect !== 'none').map(({ words }) => words) },
    ])
  // By what is known today d5 would have been held, too: d4 had failed.
  expect(await call<TrialView>('gate.try', { ...span, known: 'now' })).toMatchObject({ held: 3 })
  const share = await call<ShareView>('gate.share', { from: span.from, to: span.to })
  expect(share).toMatchObject({ went: 3, against: 1, overrode: 0 })
  expect(share.listed.filter(({ component }) => component.endsWith('search')).map(({ id, passage }) => [id, passage])).toEqual([
    ['deployment:ci/d4', 'unasked'],
    ['deployment:ci/d3', 'against'],
  ])
  await expect(call('gate.try', { policy: 'kind: [', from: span.from })).rejects.toThrow('not YAML')
  await expect(call('gate.try', { policy: policy.replace('"enforce"', '"forbid"') })).rejects.toThrow('spec.rules.0.mode')
})

test('a spent budget holds until it is back, a step of a budget policy says what is done, and both are played again', async () => {
  const query = { metricSource: { type: 'prometheus', spec: { query: 'up' } } }
  await ground.catalog.write(
    {
      apiVersion: 'openslo/v1',
      kind: 'SLO',
      metadata: { name: 'payments', displayName: 'Payments go through' },
      spec: {
        service: 'pay',
        indicator: { metadata: { name: 'paid' }, spec: { ratioMetric: { counter: true, good: query, total: query } } },
        timeWindow: [{ duration: '1d', isRolling: true }],
        budgetingMethod: 'Occurrences',
        objectives: [{ target: 0.99 }],
      },
    },
    { by: BY },
  )
  later(HOUR)
  await tell(sample(5, 1_000), sample(4, 995))
  later(1_000)
  const ask = { component: 'pay' }
  const good = await call('gate.ask', ask)
  expect(good.reasons.find(({ kind }) => kind === 'budget')).toMatchObject({
    state: 'pass',
    evidence: [{ kind: 'budget', slo: 'slo:default/payments', n: 2_000 }],
  })
  await declare('BudgetPolicy', 'payments', {
    for: ['system:default/money'],
    steps: [
      { name: 'low', when: { budget: { below: '80%' } }, actions: ['Only fixes are released.'], gate: 'enforce', exempt: ['fix'] },
      { name: 'told', when: { budget: { below: 0.5 } }, actions: ['Tell the owners.'], tell: ['group:default/owners'] },
    ],
  })
  later(1_000)
  const low = await call('gate.ask', ask)
  expect(low).toMatchObject({ verdict: 'hold', policies: [{ ref: null }, { ref: 'budgetpolicy:default/payments' }] })
  expect(low.words).toContain('Payments go through: 75 % of the budget left')
  expect(low.words).toContain('Only fixes are released.')
  expect(await call('gate.ask', { ...ask, purpose: 'fix' })).toMatchObject({ verdict: 'go' })
  later(HOUR)
  await tell(sample(6, 900)) // what was told of an hour is corrected later
  later(1_000)
  const spent = await call('gate.ask', { ...ask, purpose: 'fix' })
  expect(spent.verdict).toBe('hold')
  expect(spent.reasons[0]).toMatchObject({ rule: 'budget', state: 'fail', effect: 'holds' })
  const { states } = await call<{ states: BudgetState[] }>('gate.budgets', { service: 'pay' })
  expect(states).toMatchObject([
    {
      policy: 'budgetpolicy:default/payments',
      steps: [
        { step: 'low', state: 'in_force' },
        { step: 'told', state: 'in_force', tell: ['group:default/owners'] },
      ],
    },
  ])
  expect(states[0]!.history!.at(0)).toMatchObject({ inForce: [], unknown: ['low', 'told'] })
  expect(states[0]!.history!.at(-1)).toMatchObject({ inForce: ['low', 'told'], unknown: [] })
  expect(await call('gate.budgets', {})).toMatchObject({ states: [{ service: 'component:default/pay', history: null }] })
  for (const { id } of [good, low, spent]) expect(await call('gate.replay', { id })).toMatchObject({ same: true })
  await tell(deployment('fa11', present() - 30 * 60_000, { subject: 'component:default/pay' }))
  const policy = JSON.stringify({
    apiVersion: 'throughline.dev/v1',
    kind: 'BudgetPolicy',
    metadata: { name: 'tried' },
    spec: { for: ['component:default/pay'], steps: [{ name: 'low', when: { budget: { below: '90%' } }, actions: ['Wait.'] }] },
  })
  const tried = await call<TrialView>('gate.try', { policy, from: formatInstant(present() - DAY) })
  expect(tried).toMatchObject({ releases: 1, held: 1, rules: [{ rule: 'low', held: 1 }] })
  expect(tried.listed[0]!.why[0]!.words).toContain('75 %') // as it was known then
})

test('budgets of releases that are tried together are those the gate saw of each, whatever was corrected since', async () => {
  const declared = {
    for: ['system:default/money'],
    steps: [{ name: 'low', when: { budget: { below: '80%' } }, actions: ['Only fixes are released.'], gate: 'enforce' }],
  }
  const from = present()
  const asked: GateAnswer[] = []
  for (const [n, good] of [970, 1_000, 999, 940].entries()) {
    // Told in the hour it happened in, and corrected after the release.
    later(HOUR)
    await tell(sample(0, good))
    later(60_000)
    asked.push(await call('gate.look', { component: 'pay' }))
    later(1_000)
    await tell(deployment(`fa1${n}`, present(), { subject: 'component:default/pay' }))
    later(60_000)
    await tell({ ...sample(0, good - 500), at: formatInstant(present()) })
  }
  const policy = JSON.stringify({ apiVersion: 'throughline.dev/v1', kind: 'BudgetPolicy', metadata: { name: 'payments' }, spec: declared })
  const tried = await call<TrialView>('gate.try', { policy, from: formatInstant(from) })
  const words = (answer: GateAnswer) => answer.reasons.filter(({ rule }) => rule === 'low').map((reason) => reason.words)
  expect(tried.listed.map(({ why }) => why.map((one) => one.words)).toReversed()).toEqual(asked.map(words))
  expect(new Set(asked.map((one) => words(one)[0])).size).toBe(4)
})

test('answers given while others write about the component are those of their moment, each of them', async () => {
  const about = { subject: 'component:default/pay' }
  later(HOUR)
  const answers: GateAnswer[] = []
  const write = async () => {
    for (let n = 0; n < 6; n++) {
      await tell({ ...incident(`w${n}`, present() - HOUR), ...about })
      await tell(sample(n, 900 + n), { ...deployment(`b0${n}`, present() - n * 60_000), ...about })
      await call('gate.look', { component: 'pay' })
    }
  }
  const ask = async (commit: string) => {
    for (let n = 0; n < 8; n++) answers.push(await call('gate.ask', { component: 'pay', commit }))
  }
  await Promise.all([ask('abcdef1'), write(), ask('abcdef2'), ask('abcdef3')])
  expect(new Set(answers.map(({ asOf }) => asOf)).size).toBeGreaterThan(1)
  for (const id of new Set(answers.map((answer) => answer.id))) expect(await call('gate.replay', { id })).toMatchObject({ same: true })
})

const TRIED = {
  for: ['component:default/search'],
  rules: [
    { rule: 'open_incident', mode: 'enforce', unknown: 'warn' },
    { rule: 'recent_failures', mode: 'enforce', unknown: 'pass', atMost: 0, last: 2 },
  ],
}
