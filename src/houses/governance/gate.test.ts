import { afterAll, beforeAll, expect, test } from 'vitest'
import { BY, call, declare, deployment, incident, later, present, openGoverned, tell } from '../../../test/support/governed.ts'
import type { TestGround } from '../../../test/support/ground.ts'
import { DAY, formatInstant, HOUR } from '../../ground/core/index.ts'
import { heldReleases } from './index.ts'
import type { GateAnswer } from './tell/answer.ts'

let ground: TestGround
beforeAll(async () => {
  ground = await openGoverned()
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
  await tell(incident('1', present() - HOUR / 2))
  const held = await call('gate.ask', { component: 'checkout', commit: 'abcdef1' })
  expect(held).toMatchObject({ verdict: 'hold', commit: 'abcdef1' })
  expect(held.words).toContain('Cards are refused')
  expect(await call('gate.ask', { component: 'checkout', fixes: 'pager/1' })).toMatchObject({ verdict: 'go' })
  expect(await call('gate.ask', { component: 'search' })).toMatchObject({ verdict: 'go' })
  later(HOUR)
  await tell(incident('1', present() - 1.5 * HOUR, { at: formatInstant(present()), resolvedAt: formatInstant(present() - 60_000) }))
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
  await tell(deployment('a', present() - 20 * HOUR), deployment('b', present() - 10 * HOUR))
  await tell({ kind: 'measurement', id: 'm1', at: formatInstant(present() - HOUR), measure: 'findings.open', value: 0 })
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
  await tell(incident('2', present() - 2 * HOUR, { causedBy: 'b' }))
  await tell({ kind: 'measurement', id: 'm1', at: formatInstant(present() - HOUR), measure: 'findings.open', value: 3 })
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
    call('gate.override', { component: 'chekout', reason: 'the certificate ends tonight', until: formatInstant(present() + HOUR) }),
  ).rejects.toMatchObject({ problem: { code: 'gate.unknown_component', path: 'component' } })
  await expect(
    call('gate.override', { component: 'checkout', reason: 'the certificate ends tonight', until: formatInstant(present() - 1) }),
  ).rejects.toThrow('is over')
  await expect(
    call('gate.override', { component: 'checkout', reason: 'the certificate ends tonight', until: formatInstant(present() + 30 * DAY) }),
  ).rejects.toThrow('14 days')
  const before = await call('gate.ask', { component: 'checkout' })
  const wish = {
    component: 'checkout',
    reason: 'The certificate ends tonight.',
    until: formatInstant(present() + 4 * HOUR),
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
    until: formatInstant(present() + DAY).slice(0, 10),
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

test('a freeze holds what it is for until it ends, takes away no other rule, and is taken back and given again', async () => {
  await tell(deployment('d1', present() - HOUR, { subject: 'component:other/atlas' }))
  later(60_000)
  const freeze = {
    scope: 'other',
    for: 'atlas',
    to: formatInstant(present() + 2 * HOUR),
    reason: 'The index moves',
    exempt: 'fix',
    zone: 'Europe/Oslo',
  }
  const { ref } = await call<{ ref: string }>('gate.freeze', freeze)
  const held = await call('gate.look', { component: 'other/atlas' })
  expect(held).toMatchObject({ verdict: 'hold', words: 'atlas: hold: frozen: The index moves' })
  expect(held.policies.map((policy) => policy.ref)).toEqual([null, ref])
  expect(held.reasons[0]!.turnsGreen).toMatch(/^after \d{4}-\d\d-\d\d \d\d:\d\d \(Europe\/Oslo\)$/)
  expect((await call('gate.look', { component: 'other/atlas', purpose: 'fix' })).verdict).toBe('go')
  expect((await call('gate.look', { component: 'other/search' })).policies.some((policy) => policy.ref === ref)).toBe(false)
  await call('gate.ask', { component: 'other/atlas', commit: 'abcdef1' })
  const waits = () => heldReleases('other', { at: present(), asOf: present() }, ground)
  later(60_000)
  expect(await waits()).toMatchObject([{ component: 'component:other/atlas', commit: 'abcdef1', answer: { verdict: 'hold' } }])
  const listed = async () => (await call<{ freezes: { ref: string; state: string }[] }>('gate.freezes', { scope: 'other' })).freezes
  expect(await listed()).toMatchObject([{ ref, state: 'in_force', by: BY, rule: null }])
  const moment = { component: 'other/atlas', asOf: held.asOf }
  later(60_000)
  await call('gate.freeze.withdraw', { ref })
  later(60_000)
  expect(await waits()).toEqual([])
  expect(await listed()).toEqual([])
  expect((await call('gate.look', { component: 'other/atlas' })).verdict).toBe('go')
  expect((await call('gate.look', moment)).verdict).toBe('hold')
  await call('gate.freeze.withdraw', { ref, withdrawn: false })
  later(3 * HOUR)
  expect(await call('gate.look', { component: 'other/atlas' })).toMatchObject({ verdict: 'go', policies: [{ ref: null }] })
  const { asOf } = await call('gate.look', { component: 'other/atlas' })
  expect(await call('gate.look', { component: 'other/atlas', at: formatInstant(present() - 2 * HOUR) })).toMatchObject({
    verdict: 'hold',
    asOf,
  })
  await expect(call('gate.freeze', { ...freeze, to: formatInstant(present() - 1) })).rejects.toThrow('which is over')
})
