import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BY, caller, document, go, inbox, look, minutes, openBurning, present, slo } from '../../../../test/support/burning.ts'
import type { TestGround } from '../../../../test/support/ground.ts'
import { type Asked, type RemoteServer, remoteServer } from '../../../../test/support/remote/server.ts'
import { DAY, formatInstant, HOUR, MINUTE } from '../../../ground/core/index.ts'
import { allowedAddresses, standardWebhook } from '../../../ground/intake/index.ts'
import { sql } from '../../../ground/store/index.ts'
import { deliverAlerts } from './deliver.ts'
import { setDestination } from './destinations.ts'
import { burnAlertOperations } from './operations.ts'

const SIGNAL = new AbortController().signal
const TARGET = 'alertnotificationtarget:default/on-call'

let ground: TestGround
let remote: RemoteServer
let asked: Asked[]
let answer: (one: Asked) => { status?: number; body: unknown }
let secret: string

beforeAll(async () => {
  remote = await remoteServer((one) => {
    asked.push(one)
    return answer(one)
  })
  ground = await openBurning({ outgoing: { allowed: allowedAddresses('127.0.0.1') } })
  const made = await setDestination({ target: TARGET, kind: 'webhook', address: `${remote.base}/hook`, standard: true }, BY, ground)
  secret = made.secret!
})
afterAll(async () => {
  await ground.store.close()
  await remote.close()
})
beforeEach(() => {
  go(MINUTE - (present() % MINUTE))
  asked = []
  answer = () => ({ body: {} })
})

const deliver = () => deliverAlerts(ground, SIGNAL)
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
    expect(
      standardWebhook({ headers: headers as Record<string, string>, body: Buffer.from(JSON.stringify(body)) }, secret, present()).ok,
    ).toBe(true)
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
    expect(standing[0]!.firedAt).toBe(formatInstant(present()))

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
    expect(standing).toMatchObject([{ severity: 'ticket', state: 'firing', silentSince: formatInstant(present()) }])
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
      until: present() + DAY,
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
      sql`update alert_delivery set held_until = to_timestamp(${(present() + 60_000) / 1000}::double precision), attempts = 1 where state = 'waiting'`,
    )
    await deliver()
    expect(asked).toEqual([])
    go(61_000)
    await deliver()
    expect(asked).toHaveLength(1)
  })

  test('is one for a storm, the worst first and each with its service', async () => {
    for (let n = 0; n < 7; n += 1) {
      await slo(`storm-${n}`, `depot-${n}`)
      await minutes(`depot-${n}`, 60, 40)
    }
    go(HOUR)
    await look()
    await deliver()
    expect(told().map(({ summary }) => summary)).toEqual(['7 services: 14 alerts fire, the worst a page'])
    expect(told()[0]!.words[0]).toMatch(/^depot-0, storm-0 \(99\.9 %\): burns/)
    expect(
      told()[0]!
        .alerts.slice(0, 7)
        .every(({ severity }) => severity === 'page'),
    ).toBe(true)
  })
})
