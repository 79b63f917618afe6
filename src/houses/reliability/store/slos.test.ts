import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../../test/support/ground.ts'
import type { EntityDraft } from '../../../ground/catalog/index.ts'
import { DAY } from '../../../ground/core/index.ts'
import { installReliability } from '../index.ts'
import { slosOf, unreadSlosOf } from './slos.ts'

const BY = 'user:default/test'
let ground: TestGround

const document = (kind: string, name: string, spec: Record<string, unknown>, metadata: Record<string, unknown> = {}): EntityDraft => ({
  apiVersion: 'openslo/v1',
  kind,
  metadata: { name, ...metadata },
  spec,
})
const query = (text: string, source: Record<string, unknown> = { type: 'Prometheus' }) => ({
  metricSource: { ...source, spec: { query: text } },
})
const ratio = { ratioMetric: { counter: true, good: query('ok'), total: query('all') } }
const promise = {
  service: 'checkout',
  indicatorRef: 'orders-answered',
  timeWindow: [{ duration: '28d', isRolling: true }],
  budgetingMethod: 'Occurrences',
  objectives: [{ targetPercent: 99.95 }],
}

beforeAll(async () => {
  ground = await testGround({ install: [installReliability] })
  const written = [
    document('DataSource', 'metrics', { type: 'Prometheus', connectionDetails: { url: 'https://metrics.example.org' } }),
    document('SLI', 'orders-answered', { ratioMetric: { good: query('ok', { metricSourceRef: 'metrics' }), total: query('all') } }),
    document('SLI', 'latency', { thresholdMetric: query('p') }),
    document('SLO', 'orders', promise, { displayName: 'Orders are answered', labels: { team: ['a', 'b'] } }),
    document('SLO', 'sent', { ...promise, indicatorRef: 'nobody-declares' }),
    document('SLO', 'no-cut', { ...promise, indicatorRef: 'latency' }),
    document(
      'SLO',
      'journey',
      {
        service: 'Web Shop',
        timeWindow: [{ duration: '1M', calendar: { startTime: '2026-01-01 00:00:00', timeZone: 'Europe/Berlin' } }],
        budgetingMethod: 'Timeslices',
        objectives: [
          {
            displayName: 'pay',
            indicator: { metadata: { name: 'pay' }, spec: ratio },
            target: 0.99,
            timeSliceTarget: 0.95,
            timeSliceWindow: 5,
          },
          { indicatorRef: 'latency', op: 'lte', value: 0.3, target: 0.9, timeSliceTarget: 1, timeSliceWindow: '1m', compositeWeight: 2 },
        ],
        alertPolicies: null,
      },
      { annotations: { 'throughline.dev/namespace': 'shop', 'throughline.dev/no-data': 'bad', 'throughline.dev/minimum-events': '20' } },
    ),
    document('SLI', 'latency', { thresholdMetric: query('p95') }, { namespace: 'shop' }),
  ]
  for (const draft of written) await ground.catalog.write(draft, { by: BY })
})
afterAll(() => ground.store.close())

test('a promise is read with its service, window, target and where its numbers come from', async () => {
  const [orders] = await slosOf(ground, { refs: ['slo:default/orders'] })
  expect(orders).toEqual({
    ref: 'slo:default/orders',
    title: 'Orders are answered',
    service: 'component:default/checkout',
    method: 'occurrences',
    window: { kind: 'rolling', length: 28 * DAY, text: '28d' },
    composite: false,
    objectives: [
      {
        name: 'objective-1',
        target: 0.9995,
        weight: 1,
        indicator: {
          name: 'orders-answered',
          metrics: {
            kind: 'ratio',
            counter: false,
            good: { type: 'prometheus', dataSource: 'metrics', spec: { query: 'ok' } },
            total: { type: 'prometheus', spec: { query: 'all' } },
          },
        },
      },
    ],
    alertPolicies: [],
    silence: 'unknown',
    leastEvents: 0,
  })
})

test('an SLI that nobody declares is one whose samples are sent', async () => {
  const [sent] = await slosOf(ground, { refs: ['slo:default/sent'] })
  expect(sent!.objectives[0]!.indicator).toEqual({ name: 'nobody-declares', metrics: null })
})

test('a composite has an indicator for each objective; slices, weights, calendar and annotations are read', async () => {
  const [journey] = await slosOf(ground, { scope: 'shop' })
  expect(journey).toMatchObject({
    ref: 'slo:shop/journey',
    service: 'component:shop/web-shop',
    method: 'timeslices',
    composite: true,
    window: { kind: 'calendar', duration: { count: 1, unit: 'M' }, start: '2026-01-01 00:00:00', zone: 'Europe/Berlin' },
    objectives: [
      { name: 'pay', slice: { length: 300_000, target: 0.95 }, weight: 1, indicator: { name: 'pay' } },
      {
        name: 'objective-2',
        slice: { length: 60_000, target: 1 },
        weight: 2,
        indicator: { metrics: { kind: 'threshold', op: 'lte', value: 0.3 } },
      },
    ],
    silence: 'bad',
    leastEvents: 20,
  })
})

test('an SLO whose threshold nobody states is told, not guessed', async () => {
  expect(await slosOf(ground, { refs: ['slo:default/no-cut'] })).toEqual([])
  expect(await unreadSlosOf(ground)).toMatchObject([
    { ref: 'slo:default/no-cut', problems: [{ code: 'openslo.threshold_needs_op', path: 'spec.objectives.0' }] },
  ])
})

test('two SLIs of one name that ask for different things are counted apart', async () => {
  const own = (spec: object) => ({ ...promise, service: 'till', indicatorRef: null, indicator: { metadata: { name: 'ok' }, spec } })
  const other = { ratioMetric: { counter: true, good: query('fine'), total: query('all') } }
  const names = async () =>
    (await slosOf(ground, { service: 'component:default/till' })).map(({ objectives }) => objectives[0]!.indicator.name)
  await ground.catalog.write(document('SLO', 'till-a', own(ratio)), { by: BY })
  await ground.catalog.write(document('SLO', 'till-b', own(ratio)), { by: BY })
  expect(await names()).toEqual(['ok', 'ok'])
  await ground.catalog.write(document('SLO', 'till-b', own(other)), { by: BY })
  expect(await names()).toEqual(['ok of default/till-a', 'ok of default/till-b'])
  await ground.catalog.write(document('SLI', 'ok', ratio), { by: BY })
  await ground.catalog.write(document('SLO', 'till-a', { ...promise, service: 'till', indicatorRef: 'ok' }), { by: BY })
  expect(await names()).toEqual(['ok', 'ok of default/till-b'])
})

test('what was promised can be asked as it was known', async () => {
  const before = await ground.catalog.present()
  await ground.catalog.write(document('SLO', 'sent', { ...promise, service: 'ledger' }), { by: BY })
  expect((await slosOf(ground, { service: 'component:default/ledger' })).map(({ ref }) => ref)).toEqual(['slo:default/sent'])
  expect(await slosOf(ground, { service: 'component:default/ledger', asOf: before })).toEqual([])
})

test('what was written comes out as it was written, and applied again changes nothing', async () => {
  const exported = await ground.catalog.export({ kind: 'SLO' })
  const drafts = exported.map(({ relations: _computed, ...draft }) => draft)
  expect(drafts.find(({ metadata }) => metadata.name === 'orders')).toEqual(
    document('SLO', 'orders', promise, { displayName: 'Orders are answered', labels: { team: ['a', 'b'] } }),
  )
  expect(
    drafts.flatMap((draft) => ground.catalog.checkDraft(draft, { strict: true })).filter(({ severity }) => severity === 'error'),
  ).toMatchObject([{ code: 'openslo.time_slice_window_number' }])
  for (const draft of drafts) {
    const { version } = (await ground.catalog.get(`slo:${draft.metadata.name === 'journey' ? 'shop' : 'default'}/${draft.metadata.name}`))!
    expect((await ground.catalog.write(draft, { by: BY })).version).toBe(version)
  }
})
