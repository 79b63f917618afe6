import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Asked, type RemoteServer, remoteServer } from '../../../../test/support/remote/server.ts'
import { type TestGround, testGround } from '../../../../test/support/ground.ts'
import type { Caller } from '../../../ground/core/index.ts'
import { DAY, formatInstant, HOUR, type Instant, MINUTE } from '../../../ground/core/index.ts'
import { allowedAddresses, standardWebhook } from '../../../ground/intake/index.ts'
import { parseEvidence } from '../../../ground/ledger/index.ts'
import { sql } from '../../../ground/store/index.ts'
import { installReliability } from '../index.ts'
import { deliverAlerts } from './deliver.ts'
import { setDestination } from './destinations.ts'
import { lookAtBurns } from './look.ts'
import { burnAlertOperations } from './operations.ts'
import { previewOf } from './preview.ts'
import { rulesOperation } from './rules.ts'

const BY = 'user:default/test'
const START = Date.parse('2026-06-01T12:00:00Z')
const SIGNAL = new AbortController().signal
const TARGET = 'alertnotificationtarget:default/on-call'

let ground: TestGround
let remote: RemoteServer
let asked: Asked[]
let answer: (one: Asked) => { status?: number; body: unknown }
let secret: string
let now: Instant = START

beforeAll(async () => {
  remote = await remoteServer((one) => {
    asked.push(one)
    return answer(one)
  })
  ground = await testGround({ now, install: [installReliability], outgoing: { allowed: allowedAddresses('127.0.0.1') } })
  const made = await setDestination({ target: TARGET, kind: 'webhook', address: `${remote.base}/hook`, standard: true }, BY, ground)
  secret = made.secret!
})
afterAll(async () => {
  await ground.store.close()
  await remote.close()
})
beforeEach(() => {
  go(MINUTE - (now % MINUTE))
  asked = []
  answer = () => ({ body: {} })
})

const document = (kind: string, name: string, spec: Record<string, unknown>, annotations: Record<string, string> = {}) =>
  ground.catalog.write({ apiVersion: 'openslo/v1', kind, metadata: { name, annotations }, spec }, { by: BY })
const slo = (name: string, service: string, more: Record<string, unknown> = {}, annotations: Record<string, string> = {}) =>
  document(
    'SLO',
    name,
    {
      service,
      indicatorRef: 'answers',
      timeWindow: [{ duration: '30d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ target: 0.999 }],
      ...more,
    },
    annotations,
  )

/** Minutes of a service from now on, a hundred events each. */
async function minutes(service: string, count: number, bad = 0): Promise<void> {
  const read = Array.from({ length: count }, (_, index) =>
    parseEvidence({
      kind: 'sli',
      source: 'probe',
      id: `${service}-${now + index * MINUTE}`,
      subject: `component:default/${service}`,
      at: formatInstant(now + (index + 1) * MINUTE),
      indicator: 'answers',
      windowStart: formatInstant(now + index * MINUTE),
      seconds: 60,
      good: 100 - bad,
      total: 100,
    }),
  )
  await ground.ledger.append(
    read.flatMap((one) => (one.ok ? [one.value] : [])),
    { by: BY },
  )
}

function go(ms: number): void {
  now += ms
  ground.setNow(now)
}

const look = () => lookAtBurns(ground)
const deliver = () => deliverAlerts(ground, SIGNAL)
const caller: Caller = { person: BY, scopes: ['admin'] }
const inbox = async () => burnAlertOperations[0].run({ scope: 'default' }, { ...ground, caller } as never)
const told = () =>
  asked.map(
    ({ body }) =>
      body as { id: string; summary: string; words: string[]; service: string; alerts: { event: string; severity: string; slo: string }[] },
  )
const events = () =>
  told().flatMap(({ alerts }) => alerts.map(({ slo: ref, severity, event }) => `${ref.replace('slo:default/', '')} ${severity} ${event}`))
const deliveries = () =>
  ground.store.query<{ state: string; attempts: number; error: { code: string } | null }>(
    sql`select state, attempts, error from alert_delivery order by created_at, id`,
  )

describe('an outage', () => {
  test('fires once for each severity, is one message for the service, signed, and ends when the short windows are clean', async () => {
    await slo('orders', 'basket', {}, { 'throughline.dev/runbook': 'https://runbooks.example.org/orders' })
    await minutes('basket', 60)
    go(HOUR)
    await look()
    expect((await inbox()).standing).toEqual([])
    await minutes('basket', 10, 50)
    go(10 * MINUTE)
    for (let round = 0; round < 3; round += 1) await look()
    await deliver()
    await deliver()
    expect(events().sort()).toEqual(['orders page firing', 'orders ticket firing'])
    expect(asked).toHaveLength(1)
    const [{ headers, body }] = asked as [Asked]
    expect(standardWebhook({ headers: headers as Record<string, string>, body: Buffer.from(JSON.stringify(body)) }, secret, now).ok).toBe(
      true,
    )
    expect(told()[0]!.summary).toBe('basket: 2 alerts fire, the worst a page')
    expect(told()[0]!.words[0]).toMatch(
      /^orders \(99\.9 %\): burns its budget at 83\.3 times the rate it can bear, over 60 min \(500 over 5 min; alert above 14\.4; n = 6,000\)\. At this pace a whole budget lasts 8\.6 h\.$/,
    )
    const { standing, watched } = await inbox()
    expect(watched).toBe(2)
    expect(standing[0]).toMatchObject({
      severity: 'page',
      state: 'firing',
      runbook: 'https://runbooks.example.org/orders',
      deliveries: [{ state: 'sent', attempts: 1 }],
    })
    expect(standing[0]!.firedAt).toBe(formatInstant(now))

    await minutes('basket', 31)
    go(31 * MINUTE)
    await look()
    await deliver()
    expect(events().filter((one) => one.endsWith('resolved'))).toEqual(['orders page resolved'])
    expect((await inbox()).history).toMatchObject([{ severity: 'page', state: 'resolved', endedBy: 'calm' }])
  })

  test('of which nothing more is heard goes on, and says so', async () => {
    go(7 * HOUR)
    await look()
    const { standing } = await inbox()
    expect(standing).toMatchObject([{ severity: 'ticket', state: 'firing', silentSince: formatInstant(now) }])
    await minutes('basket', 360)
    go(6 * HOUR + 10 * MINUTE)
    await look()
    await deliver()
    expect((await inbox()).standing).toEqual([])
  })
})

describe('who is told', () => {
  test('nobody while it is silenced; when the silence ends and it still fires, everybody; undone it is silent again', async () => {
    await slo('search', 'search')
    const act = <T>(id: string, ask: object) =>
      (burnAlertOperations.find((one) => one.id === id)!.run as (a: object, c: object) => Promise<T>)(ask, { ...ground, caller })
    const silence = await act<{ id: number }>('burn.silence', {
      scope: 'default',
      service: 'component:default/search',
      reason: 'moving',
      until: now + DAY,
    })
    await minutes('search', 60, 30)
    go(HOUR)
    await look()
    await deliver()
    expect(asked).toEqual([])
    expect((await inbox()).standing.map(({ silence: by }) => by)).toEqual([silence.id, silence.id])
    await act('burn.silence_end', { id: silence.id, ended: true })
    await act('burn.silence_end', { id: silence.id, ended: false })
    await look()
    expect(asked).toEqual([])
    await act('burn.silence_end', { id: silence.id, ended: true })
    await look()
    await deliver()
    expect(events().sort()).toEqual(['search page firing', 'search ticket firing'])

    const [first] = (await inbox()).standing
    await act('burn.acknowledge', { id: first!.id, acknowledged: true })
    expect((await inbox()).standing.find(({ id }) => id === first!.id)).toMatchObject({ acknowledged: { by: BY } })
    await act('burn.acknowledge', { id: first!.id, acknowledged: false })
    expect((await inbox()).standing.find(({ id }) => id === first!.id)).toMatchObject({ acknowledged: null })
  })

  test('when the promise is withdrawn its alerts end, in words that claim no recovery', async () => {
    await ground.catalog.remove('slo:default/search', { by: BY })
    await look()
    await deliver()
    expect(events().sort()).toEqual(['search page resolved', 'search ticket resolved'])
    expect(told()[0]!.words[0]).toContain('was taken away')
    expect((await inbox()).standing).toEqual([])
  })

  test('a policy of its own: its condition waits, its targets alone hear, and silence can be what it waits for', async () => {
    await document('AlertNotificationTarget', 'team', { target: 'webhook' })
    await document('AlertCondition', 'fast', {
      severity: 'urgent',
      condition: { kind: 'burnrate', op: 'gt', threshold: 2, lookbackWindow: '30m', alertAfter: '5m' },
    })
    await document('AlertPolicy', 'policy', {
      conditions: [{ conditionRef: 'fast' }],
      notificationTargets: [{ targetRef: 'team' }],
      alertWhenNoData: true,
    })
    await slo('stock', 'stock', { alertPolicies: [{ alertPolicyRef: 'policy' }] })
    await minutes('stock', 6, 10)
    go(MINUTE)
    await look()
    expect((await inbox()).standing).toMatchObject([
      { slo: 'slo:default/stock', state: 'pending', unreachable: ['alertnotificationtarget:default/team'] },
    ])
    go(5 * MINUTE)
    await look()
    expect((await inbox()).standing).toMatchObject([{ severity: 'urgent', state: 'firing' }])
    await deliver()
    expect(asked).toEqual([])
    await minutes('stock', 40)
    go(40 * MINUTE)
    await look()
    expect((await inbox()).standing).toEqual([])
    go(DAY)
    await look()
    go(6 * MINUTE)
    await look()
    expect((await inbox()).standing).toMatchObject([{ state: 'firing', words: 'no samples in 30 min' }])
    await ground.catalog.remove('slo:default/stock', { by: BY })
    await look()
  })
})

describe('a message', () => {
  test('that is not taken is sent again under the same id, later each time; one nobody wants is given up and can be tried again', async () => {
    answer = () => ({ status: 503, body: 'busy' })
    await slo('pay', 'pay')
    await minutes('pay', 60, 40)
    go(HOUR)
    await look()
    await deliver()
    await deliver()
    expect(asked).toHaveLength(1)
    go(5_000)
    await deliver()
    go(20_000)
    await deliver()
    expect(asked).toHaveLength(2)
    answer = () => ({ status: 410, body: 'gone' })
    go(10_000)
    await deliver()
    expect(new Set(told().map(({ id }) => id)).size).toBe(1)
    expect((await deliveries()).at(-1)).toMatchObject({ state: 'dead', attempts: 3, error: { code: 'alerts.refused' } })
    answer = () => ({ body: {} })
    const sent = (await inbox()).standing[0]!.deliveries
    await burnAlertOperations.find(({ id }) => id === 'burn.deliver_again')!.run({ id: sent[0]!.id } as never, ground as never)
    await deliver()
    expect((await deliveries()).at(-1)).toMatchObject({ state: 'sent', error: null })
  })

  test('whose sender died is sent by another, under the same id', async () => {
    await slo('mail', 'mail')
    await minutes('mail', 60, 40)
    go(HOUR)
    await look()
    await ground.store.query(
      sql`update alert_delivery set held_until = to_timestamp(${(now + 60_000) / 1000}::double precision), attempts = 1 where state = 'waiting'`,
    )
    await deliver()
    expect(asked).toEqual([])
    go(61_000)
    await deliver()
    expect(asked).toHaveLength(1)
  })
})

describe('burn is counted as the budget is', () => {
  const standingOf = async (name: string) =>
    (await inbox()).standing
      .filter(({ slo: ref }) => ref === `slo:default/${name}`)
      .map(({ severity, rule, seen }) => ({ severity, rule, seen }))

  test('by slices: errors that cost no slice burn nothing, where by events they would page', async () => {
    await slo('steady', 'steady', {
      budgetingMethod: 'Timeslices',
      objectives: [{ target: 0.99, timeSliceTarget: 0.7, timeSliceWindow: '1m' }],
    })
    await slo('steady-events', 'steady', { objectives: [{ target: 0.99 }] })
    await minutes('steady', 60, 25)
    go(HOUR)
    await look()
    expect(await standingOf('steady')).toEqual([])
    expect((await standingOf('steady-events')).map(({ severity }) => severity)).toEqual(['page', 'ticket'])
    await minutes('steady', 15, 40)
    go(15 * MINUTE)
    await look()
    // A quarter of the slices of an hour are lost: 25 times what 1 % can bear.
    expect((await standingOf('steady'))[0]).toMatchObject({
      severity: 'page',
      seen: { windows: [{ burn: expect.closeTo(25, 6) }, { burn: expect.closeTo(100, 6) }] },
    })
    await ground.catalog.remove('slo:default/steady', { by: BY })
    await ground.catalog.remove('slo:default/steady-events', { by: BY })
  })

  test('by weights in a composite, and over windows somebody has chosen for a period', async () => {
    await ground.catalog.write(
      {
        apiVersion: 'throughline.dev/v1',
        kind: 'AlertWindows',
        metadata: { name: 'week' },
        spec: { period: '7d', pairs: [{ severity: 'page', long: '30m', short: '10m', budget: '5%' }] },
      },
      { by: BY },
    )
    const part = (weight: number, target: number) => ({ indicatorRef: 'answers', target, compositeWeight: weight })
    await slo('journey', 'journey', {
      timeWindow: [{ duration: '7d', isRolling: true }],
      indicatorRef: undefined,
      objectives: [part(1, 0.99), part(2, 0.98)],
    })
    await minutes('journey', 30, 10)
    go(30 * MINUTE)
    await look()
    // 10 % lost: burns of 10 and 5, the second twice; 5 % of a week in half an hour is a factor of 16.8.
    expect(await standingOf('journey')).toMatchObject([
      {
        severity: 'page',
        seen: { threshold: 16.8, windows: [{ seconds: 1800, burn: expect.closeTo(20, 6), events: 6_000 }, { seconds: 600 }] },
      },
    ])
    await ground.catalog.remove('slo:default/journey', { by: BY })
  })
})

test('a draft is tried on the past: what would have been kept, and when it would have fired', async () => {
  await minutes('draft', 2 * 24 * 60)
  go(2 * DAY)
  await minutes('draft', 20, 50)
  go(20 * MINUTE)
  await minutes('draft', 24 * 60)
  go(DAY)
  const draft = {
    service: 'component:default/draft',
    indicator: 'answers',
    window: '28d',
    slice: '1m',
    sliceTarget: 0.9,
    leastEvents: 0,
    silence: 'unknown',
    days: 7,
  } as const
  const tried = await previewOf({ ...draft, target: 0.999, method: 'occurrences' }, now, ground)
  expect(tried.kept).toBeCloseTo(1 - 1_000 / 434_000, 12)
  expect(tried.minutes).toEqual({ of: 7 * 1440, said: 4340 })
  expect(tried.counts).toEqual({ page: 1, ticket: 1 })
  expect(tried.fired[0]).toMatchObject({ severity: 'page', from: formatInstant(now - DAY - 18 * MINUTE) })
  expect(tried.oneFailureBelow).toBe(75)
  const sliced = await previewOf({ ...draft, target: 0.99, method: 'timeslices' }, now, ground)
  expect(sliced.kept).toBeCloseTo(1 - 20 / 4340, 12)
  expect(sliced.fired.map(({ severity }) => severity)).toContain('page')
  expect((await previewOf({ ...draft, target: 0.9, method: 'occurrences' }, now, ground)).unreachable).toEqual([
    { severity: 'page', burn: 13.44 },
  ])
  expect(await previewOf({ ...draft, service: 'component:default/nobody', target: 0.9, method: 'occurrences' }, now, ground)).toMatchObject(
    { kept: null, n: 0, fired: [] },
  )
})

test('rules leave out what Prometheus cannot know, and say so', async () => {
  await document('SLI', 'asked', {
    ratioMetric: {
      counter: true,
      good: { metricSource: { type: 'Prometheus', spec: { query: 'ok' } } },
      total: { metricSource: { type: 'Prometheus', spec: { query: 'all' } } },
    },
  })
  await slo('asked', 'basket', { indicatorRef: 'asked' })
  const made = await rulesOperation.run({ scope: 'default', exact: false } as never, { ...ground, caller } as never)
  expect(made).toMatchObject({ groups: 1, rules: 16 })
  expect(made.leftOut).toContainEqual({
    slo: 'slo:default/orders',
    objective: 'objective-1',
    why: 'Its samples are sent here',
    fix: expect.any(String),
  })
  await expect(
    rulesOperation.run({ scope: 'default', slo: 'nothing', exact: false } as never, { ...ground, caller } as never),
  ).rejects.toMatchObject({ problem: { code: 'slo.unknown' } })
})
