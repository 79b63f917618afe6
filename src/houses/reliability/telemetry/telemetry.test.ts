import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../../test/support/ground.ts'
import { logBytes, metricBytes, type SentMetric, type SentSpan, traceBytes } from '../../../../test/support/otlp.ts'
import type { EntityDraft } from '../../../ground/catalog/index.ts'
import { HOUR, MINUTE } from '../../../ground/core/index.ts'
import { sql } from '../../../ground/store/index.ts'
import { readSignal, type Signal } from '../../../sources/otlp/index.ts'
import { installReliability, slosOf, statusesOf } from '../index.ts'
import { healthGaps } from './gaps/view.ts'
import { ageTelemetry, anyOldTelemetry, type Handed, settleIndicators, Telemetry } from './index.ts'
import { mapView } from './map/view.ts'
import { serviceView } from './service-view.ts'
import { setTraceLink } from './trace-link.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const BY = 'user:default/test'
let ground: TestGround
let telemetry: Telemetry

beforeAll(async () => {
  ground = await testGround({ now: NOW, install: [installReliability] })
  telemetry = new Telemetry(ground)
})
afterAll(() => ground.store.close())

function take(signal: Signal, body: Buffer, by = telemetry) {
  const hash = createHash('sha256').update(body).digest('base64url')
  return by.take({ signal, hash, items: readSignal(signal, 'protobuf', body) } as Handed)
}

let made = 0
function span(more: Partial<SentSpan> = {}): SentSpan {
  const span = (made += 1).toString(16).padStart(16, '0')
  return { trace: 'ab'.repeat(16), span, name: 'GET /cart', kind: 2, at: NOW - 2 * MINUTE, ms: 10, ...more }
}
const spans = (service: string, ...sent: SentSpan[]) => take('traces', traceBytes([{ resource: { 'service.name': service }, spans: sent }]))

function sli(name: string, service: string, spec: object, objective: object = {}): EntityDraft {
  return {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: { name },
    spec: {
      service,
      indicator: { metadata: { name }, spec },
      timeWindow: [{ duration: '7d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ target: 0.99, ...objective }],
    },
  }
}
const from = (spec: object) => ({ metricSource: { type: 'opentelemetry', spec } })
const errors = { ratioMetric: { counter: true, bad: from({ signal: 'spans', status: 'error' }), total: from({ signal: 'spans' }) } }
const latency = { thresholdMetric: from({ signal: 'spans', operation: 'GET /cart' }) }

/** What the ledger says of an indicator. */
async function told(indicator: string): Promise<{ good: number; total: number } | undefined> {
  const [sum] = await ground.store.query<{ good: number; total: number }>(
    sql`select sum(good) as good, sum(total) as total from evidence_sli where indicator = ${indicator} and source = 'otlp'`,
  )
  return sum
}

test('indicators are counted as spans come in, from several bodies of a minute, and from what is kept when they are made later', async () => {
  await ground.catalog.write(sli('answered', 'cart', errors), { by: BY })
  await spans('cart', span(), span({ isError: true }), span({ kind: 1, name: 'render', isError: true }))
  await spans('cart', span(), span({ ms: 400, name: 'GET /other' }), span({ ms: 400 }), span({ at: NOW - 5 * MINUTE }))
  expect(await told('answered')).toEqual({ good: 5, total: 6 })

  await ground.catalog.write(sli('fast', 'cart', latency, { op: 'lte', value: 300 }), { by: BY })
  await settleIndicators(ground)
  expect(await told('fast lte 300')).toEqual({ good: 4, total: 5 })
  await spans('cart', span({ ms: 250 }), span({ ms: 350 }))
  expect(await told('fast lte 300')).toEqual({ good: 5, total: 7 })
  expect(await told('answered')).toEqual({ good: 7, total: 8 })

  // Another threshold counts samples of its own, from what is kept.
  await ground.catalog.write(sli('fast', 'cart', latency, { op: 'lte', value: 500 }), { by: BY })
  await spans('cart', span({ ms: 600 }))
  expect(await told('fast lte 500')).toEqual({ good: 7, total: 8 })
})

test('metrics feed indicators: delta as they are, cumulative by their difference, through a restart of the process', async () => {
  const all = from({ signal: 'metrics', metric: 'requests' })
  const ok = from({ signal: 'metrics', metric: 'requests', attributes: { code: '2*' } })
  await ground.catalog.write(sli('counted', 'pay', { ratioMetric: { counter: true, good: ok, total: all } }), { by: BY })
  const cut = { thresholdMetric: from({ signal: 'metrics', metric: 'seconds' }) }
  await ground.catalog.write(sli('quick', 'pay', cut, { op: 'lte', value: 0.5 }), { by: BY })
  const resource = { 'service.name': 'pay', 'service.instance.id': 'one' }
  const points = (start: number, at: number, good: number, bad: number) =>
    take(
      'metrics',
      metricBytes(resource, {
        name: 'requests',
        temporality: 2,
        points: [
          { start, at, value: good, attributes: { code: 200 } },
          { start, at, value: bad, attributes: { code: 503 } },
        ],
      }),
    )
  const began = NOW - HOUR
  await points(began, NOW - 4 * MINUTE, 1_000, 50) // before we looked: a first look
  await points(began, NOW - 3 * MINUTE, 1_010, 51)
  await points(began, NOW - 2 * MINUTE, 1_030, 51)
  await points(NOW - 90_000, NOW - MINUTE, 5, 1) // started again
  expect(await told('counted')).toEqual({ good: 35, total: 37 })
  await take(
    'metrics',
    metricBytes(resource, {
      name: 'seconds',
      temporality: 1,
      points: [{ start: NOW - MINUTE, at: NOW, buckets: { bounds: [0.1, 0.5, 1], counts: [4, 3, 2, 1] } }],
    }),
  )
  expect(await told('quick lte 0.5')).toEqual({ good: 7, total: 10 })
})

test('points that hold nothing, overlap or come without a number are not counted; two processes are two series', async () => {
  const all = from({ signal: 'metrics', metric: 'jobs' })
  const ok = from({ signal: 'metrics', metric: 'jobs', attributes: { done: 'yes' } })
  await ground.catalog.write(sli('done', 'worker', { ratioMetric: { counter: true, good: ok, total: all } }), { by: BY })
  await settleIndicators(ground)
  ground.setNow(NOW + HOUR)
  const said = (pod: string, start: number, minute: number, value: number, more: object = {}) =>
    take(
      'metrics',
      metricBytes(
        { 'service.name': 'worker', 'k8s.pod.name': pod },
        {
          name: 'jobs',
          temporality: 2,
          points: [{ start: NOW + start, at: NOW + minute * MINUTE, value, attributes: { done: 'yes' }, ...more }],
        },
      ),
    )
  await said('a', 20_000, 1, 10)
  await said('b', 30_000, 1, 4)
  await said('a', 20_000, 2, 12)
  await said('b', 30_000, 2, 5)
  expect(await told('done')).toEqual({ good: 17, total: 17 })
  await said('a', 20_000, 3, 0, { isEmpty: true })
  await said('a', 20_000, 4, NaN)
  await said('a', 20_000, 5, 13)
  await said('a', -HOUR, 6, 500) // of a process that began earlier
  await said('a', 20_000, 7, 14)
  expect(await told('done')).toEqual({ good: 19, total: 19 })
  // Nobody else writes any more: then it is the one, from what it says next.
  await said('a', -HOUR, 30, 600)
  await said('a', -HOUR, 31, 604)
  expect(await told('done')).toEqual({ good: 23, total: 23 })
  ground.setNow(NOW)
})

test('exponential histograms tell any threshold, by the nearest end of a bucket, also when their scale changes', async () => {
  const cut = { thresholdMetric: from({ signal: 'metrics', metric: 'wait' }) }
  await ground.catalog.write(sli('waits', 'queue', cut, { op: 'lte', value: 0.3 }), { by: BY })
  await settleIndicators(ground)
  const start = ground.ledger.now() + 1_000
  ground.setNow(start + 5 * MINUTE)
  const said = (minute: number, exponential: { scale: number; zeros: number; offset: number; counts: number[] }) =>
    take(
      'metrics',
      metricBytes(
        { 'service.name': 'queue' },
        { name: 'wait', temporality: 2, points: [{ start, at: start + minute * MINUTE, exponential }] },
      ),
    )
  // 0.3 lies near 2^(-14/8) = 0.297: of scale 4 the buckets up to -29 end there or below.
  await said(1, { scale: 4, zeros: 2, offset: -30, counts: [3, 1, 5, 7] })
  expect(await told('waits lte 0.3')).toEqual({ good: 6, total: 18 })
  // The same joined by two, and two more within.
  await said(2, { scale: 3, zeros: 2, offset: -15, counts: [6, 12, 1] })
  expect(await told('waits lte 0.3')).toEqual({ good: 8, total: 21 })
  ground.setNow(NOW)
})

test('why telemetry that comes tells a promise nothing is said of it', async () => {
  const why = async (name: string) => {
    const slos = await slosOf(ground, { refs: [`slo:default/${name}`] })
    return (await statusesOf(slos, { at: NOW, asOf: null }, ground))[0]!.unknown
  }
  const metric = (name: string, more: object = {}) => from({ signal: 'metrics', metric: name, ...more })
  await ground.catalog.write(sli('within', 'desk', { thresholdMetric: metric('open') }, { op: 'lte', value: 0.3 }), { by: BY })
  const parts = { counter: true, good: metric('calls.good'), total: metric('calls') }
  await ground.catalog.write(sli('parts', 'desk', { ratioMetric: parts }), { by: BY })
  await settleIndicators(ground)
  expect(await why('within')).toMatchObject({ code: 'no_samples', fix: expect.stringContaining('Let desk send its telemetry') })
  const said = (sent: Omit<SentMetric, 'temporality'>) =>
    take('metrics', metricBytes({ 'service.name': 'desk' }, { temporality: 1, ...sent }))
  const [start, at] = [NOW - MINUTE, NOW]
  await said({ name: 'open', points: [{ start, at, buckets: { bounds: [0.1, 0.5], counts: [1, 1, 1] } }] })
  expect(await why('within')).toMatchObject({ code: 'no_such_bound', why: expect.stringContaining('they end at 0.1, 0.5') })
  await said({ name: 'calls.good', shape: 'gauge', points: [{ start, at, value: 5 }] })
  await said({ name: 'calls', points: [{ start, at, value: 9 }] })
  expect(await why('parts')).toMatchObject({ code: 'metric_of_a_state', why: expect.stringContaining('calls.good is a gauge') })
  await said({ name: 'open', points: [{ start: start + 1, at, buckets: { bounds: [0.1, 0.3, 0.5], counts: [1, 1, 1, 1] } }] })
  expect(await why('within')).toBeUndefined()
  expect(await told('within lte 0.3')).toEqual({ good: 2, total: 4 })
})

test('calls between services are joined across bodies, whichever side comes first', async () => {
  const out = (more: Partial<SentSpan> = {}) => span({ kind: 3, name: 'GET', attributes: { 'server.address': 'stock.internal' }, ...more })
  const [first, second, db, message] = [out(), out(), out({ attributes: { 'db.system.name': 'postgresql' } }), span({ kind: 4 })]
  await spans('front', first, db, message)
  await spans(
    'stock',
    span({ parent: first.span, ms: 20 }),
    span({ parent: second.span, isError: true }),
    span({ kind: 5, links: [message.span] }),
  )
  await spans('front', second)
  const calls = await ground.store.query(
    sql`select callee, via, calls, errors from telemetry_call where caller = 'component:default/front' order by callee, via`,
  )
  expect(calls).toEqual([
    { callee: 'component:default/stock', via: 'spans', calls: 3, errors: 1 },
    { callee: 'database:postgresql', via: 'said', calls: 1, errors: 0 },
    { callee: 'host:stock.internal', via: 'said', calls: 2, errors: 0 },
  ])
  expect(await ground.store.query(sql`select host, callee from telemetry_host`)).toEqual([
    { host: 'host:stock.internal', callee: 'component:default/stock' },
  ])
})

test('of logs only patterns of complaints are kept, without the values in them', async () => {
  const trace = 'cd'.repeat(16)
  const line = (text: string, more: object = {}) => ({ at: NOW - MINUTE, severity: 17, text, trace, ...more })
  await take(
    'logs',
    logBytes({ 'service.name': 'mail' }, [
      line('could not send to dev-1@example.org after 3 tries'),
      line('could not send to dev-2@example.org after 12 tries'),
      line('user kim is locked out', { attributes: { 'user.name': 'kim' } }),
      line('connection to "db one" refused', { severity: 13, attributes: { 'exception.type': 'ConnectionError' } }),
      line('all is well', { severity: 9 }),
    ]),
  )
  const patterns = await ground.store.query(sql`
    select p.template, p.severity, p.trace, h.lines from telemetry_pattern p join telemetry_pattern_hour h using (service, id) order by p.template`)
  expect(patterns).toEqual([
    { template: 'ConnectionError: connection to <*> refused', severity: 'warning', trace, lines: 1 },
    { template: 'could not send to <*> after <*> tries', severity: 'error', trace, lines: 2 },
    { template: 'user <*> is locked out', severity: 'error', trace, lines: 1 },
  ])
  const revealed = await ground.store.query(
    sql`select signal, items from telemetry_signal where service = 'component:default/mail' order by signal`,
  )
  expect(revealed).toEqual([
    { signal: 'correlated_logs', items: 5 },
    { signal: 'logs', items: 5 },
    { signal: 'structured_logs', items: 2 },
  ])
})

test('services are ranked by what they hide from how many; the map tells declared from seen', async () => {
  const component = (name: string, dependsOn: string[] = []): EntityDraft => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    spec: { type: 'service', lifecycle: 'production', owner: 'group:default/web', dependsOn },
  })
  await ground.catalog.write(component('ledger'), { by: BY })
  await ground.catalog.write(component('front', ['component:ledger']), { by: BY })
  await ground.catalog.write(component('page', ['component:front']), { by: BY })

  const gaps = await healthGaps({ at: NOW + 1, days: 7, scope: 'default' }, ground)
  expect(gaps.services[0]).toMatchObject({
    ref: 'component:default/ledger',
    owner: 'group:default/web',
    declared: true,
    dependents: 2,
    dependedOnBy: ['component:default/front', 'component:default/page'],
    missing: [{ code: 'traces' }, { code: 'metrics' }, { code: 'slo' }, { code: 'logs' }],
  })
  const cart = gaps.services.find(({ ref }) => ref === 'component:default/cart')
  expect(cart).toMatchObject({ declared: false, reveals: { slo: true, traces: true }, missing: [{ code: 'metrics' }, { code: 'logs' }] })

  const map = await mapView({ at: NOW + 1, hours: 24, scope: 'default' }, ground)
  expect(map.edges.map(({ caller, callee, calls, declared, seen }) => ({ caller, callee, calls, declared, seen }))).toEqual([
    { caller: 'component:default/front', callee: 'component:default/stock', calls: 3, declared: false, seen: true },
    { caller: 'component:default/front', callee: 'database:postgresql', calls: 1, declared: false, seen: true },
    { caller: 'component:default/front', callee: 'component:default/ledger', calls: 0, declared: true, seen: false },
    { caller: 'component:default/page', callee: 'component:default/front', calls: 0, declared: true, seen: false },
  ])
  expect(map.nodes.find(({ ref }) => ref === 'component:default/cart')).toMatchObject({ declared: false, calls: 9 })
})

test('minutes that are old are added up to hours, and tell the same', async () => {
  const view = () => serviceView('component:default/cart', { at: NOW + 1, hours: 2_400 }, ground)
  const before = await view()
  expect(before.operations[0]).toMatchObject({ operation: 'GET /cart', kind: 'server', calls: 8, errors: 1 })
  ground.setNow(NOW + 9 * 24 * HOUR)
  expect(await anyOldTelemetry(ground)).toBe(true)
  await ageTelemetry(ground)
  expect(await anyOldTelemetry(ground)).toBe(false)
  const after = await view()
  expect(after.operations).toEqual(before.operations)
  expect(after.series).toHaveLength(1)
  await setTraceLink(ground, 'https://traces.example.org/trace/{traceId}')
  expect((await view()).operations[0]?.errorTrace?.url).toBe(`https://traces.example.org/trace/${'ab'.repeat(16)}`)
})
