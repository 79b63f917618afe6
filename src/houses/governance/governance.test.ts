import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import type { EntityDraft } from '../../ground/catalog/index.ts'
import { type Caller, DAY, formatInstant, HOUR } from '../../ground/core/index.ts'
import { parseEvidence } from '../../ground/ledger/index.ts'
import { installDelivery } from '../delivery/index.ts'
import { installReliability } from '../reliability/index.ts'
import { installVision } from '../vision/index.ts'
import { governanceOperations, installGovernance } from './index.ts'
import type { GateAnswer } from './tell/answer.ts'
import type { BudgetState } from './tell/budget-state.ts'
import type { ShareView } from './tell/share.ts'
import type { TrialView } from './tell/trial.ts'

const BY = 'user:default/u1'
const NOW = Date.parse('2026-06-03T12:00:00Z')
const CALLER: Caller = { person: BY, scopes: ['admin'] }
let ground: TestGround
let clock = NOW

async function call<T = GateAnswer>(id: (typeof governanceOperations)[number]['id'], input: Record<string, unknown>): Promise<T> {
  const found = governanceOperations.find((one) => one.id === id)!
  const run = found.run as (ask: unknown, context: unknown) => Promise<T>
  return found.output.parse(await run(found.input.parse(input), { ...ground, caller: CALLER })) as T
}

function later(length: number): void {
  clock += length
  ground.setNow(clock)
}

async function tell(...records: Record<string, unknown>[]): Promise<void> {
  const read = records.map((record) => parseEvidence({ source: 'ci', subject: 'component:default/checkout', ...record }))
  await ground.ledger.append(
    read.map((one) => {
      if (!one.ok) throw new Error(JSON.stringify(one.problems))
      return one.value
    }),
    { by: BY },
  )
}

const declare = (kind: string, name: string, spec: Record<string, unknown>): Promise<unknown> =>
  ground.catalog.write({ apiVersion: 'throughline.dev/v1', kind, metadata: { name }, spec } satisfies EntityDraft, { by: BY })

const deployment = (id: string, at: number, more: Record<string, unknown> = {}) => ({
  kind: 'deployment',
  id,
  at: formatInstant(at),
  finishedAt: formatInstant(at),
  commit: id.padEnd(40, '0'),
  outcome: 'success',
  ...more,
})
const incident = (id: string, openedAt: number, more: Record<string, unknown> = {}) => ({
  kind: 'incident',
  source: 'pager',
  id,
  at: formatInstant(openedAt),
  openedAt: formatInstant(openedAt),
  title: 'Cards are refused',
  ...more,
})

beforeAll(async () => {
  ground = await testGround({ now: NOW, install: [installDelivery, installReliability, installVision, installGovernance] })
  const component = (name: string, system: string) =>
    ground.catalog.write(
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name },
        spec: { type: 'service', lifecycle: 'production', owner: 'shop', system },
      },
      { by: BY },
    )
  await component('checkout', 'shop')
  await component('search', 'discovery')
  await component('pay', 'money')
})
afterAll(() => ground.store.close())

test('a name nobody knows is not judged, and says so', async () => {
  expect(await call('gate.ask', { component: 'chekout' })).toMatchObject({
    verdict: 'could_not',
    reasons: [],
    obstacle: { code: 'gate.unknown_component' },
  })
})

test('without a policy the default one warns of what nobody can know, and an incident holds until it is resolved or fixed', async () => {
  const blind = await call('gate.ask', { component: 'checkout' })
  expect(blind).toMatchObject({ verdict: 'go', policies: [{ ref: null, title: 'default policy' }] })
  expect(blind.reasons.find(({ rule }) => rule === 'open_incident')).toMatchObject({ state: 'unknown', effect: 'warns' })
  later(HOUR)
  await tell(incident('1', clock - HOUR / 2))
  const held = await call('gate.ask', { component: 'checkout', commit: 'abcdef1' })
  expect(held).toMatchObject({ verdict: 'hold', commit: 'abcdef1' })
  expect(held.words).toContain('Cards are refused')
  expect(await call('gate.ask', { component: 'checkout', fixes: 'pager/1' })).toMatchObject({ verdict: 'go' })
  expect(await call('gate.ask', { component: 'search' })).toMatchObject({ verdict: 'go' })
  later(HOUR)
  await tell(incident('1', clock - 1.5 * HOUR, { at: formatInstant(clock), resolvedAt: formatInstant(clock - 60_000) }))
  expect((await call('gate.ask', { component: 'checkout' })).verdict).toBe('go')
})

test('an answer stays what it was: played again after late news it is the same byte for byte, and so is the question as of its moment', async () => {
  later(DAY)
  await declare('GatePolicy', 'production', {
    for: ['system:default/shop'],
    rules: [
      { rule: 'open_incident', mode: 'enforce', unknown: 'warn' },
      { rule: 'recent_failures', mode: 'enforce', unknown: 'pass', atMost: 0, last: 3 },
      { rule: 'measure', name: 'findings', mode: 'enforce', unknown: 'hold', measure: 'findings.open', atMost: 0 },
    ],
  })
  await tell(deployment('a', clock - 20 * HOUR), deployment('b', clock - 10 * HOUR))
  await tell({ kind: 'measurement', id: 'm1', at: formatInstant(clock - HOUR), measure: 'findings.open', value: 0 })
  later(60_000)
  const good = await call('gate.ask', { component: 'checkout', commit: 'cccccccc' })
  expect(good).toMatchObject({ verdict: 'go', policies: [{ ref: 'gatepolicy:default/production', version: 1 }] })
  expect(good.reasons.map(({ rule, state }) => [rule, state])).toEqual([
    ['open_incident', 'pass'],
    ['recent_failures', 'pass'],
    ['findings', 'pass'],
  ])
  later(HOUR)
  // Late: it was open and caused by b when the gate was asked, and the policy is changed, and a finding was there.
  await tell(incident('2', clock - 2 * HOUR, { causedBy: 'b' }))
  await tell({ kind: 'measurement', id: 'm1', at: formatInstant(clock - HOUR), measure: 'findings.open', value: 3 })
  await declare('GatePolicy', 'production', {
    for: ['system:default/shop'],
    rules: [{ rule: 'recent_failures', mode: 'enforce', unknown: 'pass', atMost: 0, last: 3 }],
  })
  const replayed = await call<{ kept: GateAnswer; replayed: GateAnswer; same: boolean }>('gate.replay', { id: good.id })
  expect(replayed.same).toBe(true)
  const again = await call('gate.ask', { component: 'checkout', commit: 'cccccccc', asOf: good.asOf })
  expect(JSON.stringify(again)).toBe(JSON.stringify(good))
  const now = await call('gate.ask', { component: 'checkout', commit: 'cccccccc' })
  expect(now).toMatchObject({ verdict: 'hold', policies: [{ version: 2 }] })
  expect(now.reasons[0]).toMatchObject({ rule: 'recent_failures', evidence: [{ kind: 'record', id: 'deployment:ci/b' }] })
  const { answers } = await call<{ answers: { answer: GateAnswer; asks: number; person: string }[] }>('gate.history', {
    component: 'checkout',
  })
  expect(answers[0]).toMatchObject({ answer: { id: now.id }, asks: 1, person: BY })
  expect(answers.filter(({ answer }) => answer.id === good.id)).toHaveLength(1)
})

test('an override is a decision record that lets pass, ends, and can be taken back; an exception excuses', async () => {
  await expect(
    call('gate.override', { component: 'checkout', reason: 'the certificate ends tonight', until: formatInstant(clock - 1) }),
  ).rejects.toThrow('is over')
  await expect(
    call('gate.override', { component: 'checkout', reason: 'the certificate ends tonight', until: formatInstant(clock + 30 * DAY) }),
  ).rejects.toThrow('14 days')
  const before = await call('gate.ask', { component: 'checkout' })
  const wish = {
    component: 'checkout',
    reason: 'The certificate ends tonight.',
    until: formatInstant(clock + 4 * HOUR),
    told: 'group:default/operations',
  }
  later(1_000)
  const { ref } = await call<{ ref: string }>('gate.override', wish)
  expect(await ground.catalog.get(ref)).toMatchObject({
    kind: 'Decision',
    spec: { status: 'accepted', outcome: wish.reason, informed: ['group:default/operations'] },
  })
  later(1_000)
  const passed = await call('gate.ask', { component: 'checkout' })
  expect(passed).toMatchObject({ verdict: 'go', overridden: true, override: { decision: ref, by: BY } })
  expect(await call('gate.ask', { component: 'checkout', environment: 'staging' })).toMatchObject({
    verdict: 'go',
    overridden: false,
    policies: [],
  })
  later(1_000)
  await call('gate.override.withdraw', { ref })
  later(1_000)
  expect(await call('gate.ask', { component: 'checkout' })).toMatchObject({ verdict: 'hold', overridden: false })
  expect(await call('gate.replay', { id: before.id })).toMatchObject({ same: true })
  expect(await call('gate.replay', { id: passed.id })).toMatchObject({ same: true })
  const { ref: second } = await call<{ ref: string }>('gate.override', wish)
  later(5 * HOUR)
  expect(await call('gate.ask', { component: 'checkout' })).toMatchObject({ verdict: 'hold' })
  expect(await call('gate.overrides', {})).toMatchObject({
    overrides: [
      { decision: second, inForce: false },
      { decision: ref, withdrawnAt: expect.any(String) },
    ],
  })
  await declare('Exception', 'moving', {
    from: 'gatepolicy:default/production',
    subjects: ['component:default/checkout'],
    reason: 'It is moved this week.',
    until: formatInstant(clock + DAY).slice(0, 10),
  })
  later(1_000)
  const excused = await call('gate.ask', { component: 'checkout' })
  expect(excused).toMatchObject({ verdict: 'go', overridden: false })
  expect(excused.reasons[0]!.excuse).toMatchObject({ by: 'exception', ref: 'exception:default/moving' })
})

test('what a policy gets wrong is refused with its place', () => {
  const problems = (spec: Record<string, unknown>) =>
    ground.catalog
      .checkDraft({
        apiVersion: 'throughline.dev/v1',
        kind: 'GatePolicy',
        metadata: { name: 'p' },
        spec: { for: ['namespace:default'], ...spec },
      })
      .map(({ path, message }) => [path, message])
  const rule = (more: Record<string, unknown>) => problems({ rules: [{ mode: 'enforce', unknown: 'hold', ...more }] })
  expect(problems({ rules: [{ rule: 'open_incident', mode: 'enforce' }] })).toEqual([
    ['spec.rules.0.unknown', expect.stringContaining('missing')],
  ])
  expect(rule({ rule: 'recent_failures', atMost: 1 })).toEqual([['spec.rules.0', expect.stringContaining('one stretch')]])
  expect(rule({ rule: 'measure', measure: 'a.b', atMost: 1, atLeast: 0 })).toEqual([['spec.rules.0', expect.stringContaining('one limit')]])
  expect(
    problems({
      rules: [{ rule: 'freeze', mode: 'enforce', zone: 'Mars/Base', spans: [{ from: '2026-12-20', to: '2026-12-27', reason: 'x' }] }],
    })[0]![1],
  ).toContain('time zone')
  expect(
    problems({ rules: [{ rule: 'freeze', mode: 'enforce', zone: 'UTC', spans: [{ from: '2026-12-27', to: '2026-12-20', reason: 'x' }] }] }),
  ).toEqual([['spec.rules.0.spans.0', expect.stringContaining('before it begins')]])
  const twice = { rule: 'open_incident', mode: 'warn', unknown: 'pass' }
  expect(problems({ rules: [twice, twice] })).toEqual([['spec.rules.1.name', expect.stringContaining('open_incident')]])
})

test('a policy tried on the past says of every release what the gate would have said then, and what holding would have cost', async () => {
  await declare('GatePolicy', 'search', { for: ['component:default/search'], rules: TRIED.rules })
  const start = clock + HOUR
  const at = (hours: number) => start + hours * HOUR
  const about = { subject: 'component:default/search' }
  const shipped: { id: string; hours: number; asked: GateAnswer }[] = []
  const ship = async (id: string, hours: number, ask: Record<string, unknown> | null = { commit: id.padEnd(40, '0') }) => {
    later(at(hours) - clock)
    const now = await call('gate.look', { component: 'search', asOf: formatInstant(clock) })
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
  later(at(31) - clock)
  await tell({ ...incident('9', at(25), { at: formatInstant(at(30)), causedBy: 'd2', resolvedAt: formatInstant(at(30)) }), ...about })
  await ship('d4', 40, null)
  await ship('d5', 80, {})
  later(HOUR)
  // Told late: an incident of d4 that nobody knew of when d5 went out.
  await tell({ ...incident('10', at(41), { causedBy: 'd4', resolvedAt: formatInstant(at(42)) }), ...about })
  const policy = JSON.stringify({ apiVersion: 'throughline.dev/v1', kind: 'GatePolicy', metadata: { name: 'search' }, spec: TRIED })
  const span = { policy, from: formatInstant(start - 1), to: formatInstant(clock) }
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
  const sample = (hoursAgo: number, good: number) => {
    const windowStart = formatInstant(Math.floor((clock - hoursAgo * HOUR) / HOUR) * HOUR)
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
  await tell(deployment('fa11', clock - 30 * 60_000, { subject: 'component:default/pay' }))
  const policy = JSON.stringify({
    apiVersion: 'throughline.dev/v1',
    kind: 'BudgetPolicy',
    metadata: { name: 'tried' },
    spec: { for: ['component:default/pay'], steps: [{ name: 'low', when: { budget: { below: '90%' } }, actions: ['Wait.'] }] },
  })
  const tried = await call<TrialView>('gate.try', { policy, from: formatInstant(clock - DAY) })
  expect(tried).toMatchObject({ releases: 1, held: 1, rules: [{ rule: 'low', held: 1 }] })
  expect(tried.listed[0]!.why[0]!.words).toContain('75 %') // as it was known then
})

const TRIED = {
  for: ['component:default/search'],
  rules: [
    { rule: 'open_incident', mode: 'enforce', unknown: 'warn' },
    { rule: 'recent_failures', mode: 'enforce', unknown: 'pass', atMost: 0, last: 2 },
  ],
}
