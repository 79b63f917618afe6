import { afterAll, beforeAll, expect, test } from 'vitest'
import { seriesOperations } from '../../ground/measures/index.ts'
import { parseEvidence } from '../../ground/ledger/index.ts'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { installDelivery } from '../delivery/index.ts'
import { installCost } from './index.ts'
import { readCost } from './store/index.ts'

const BY = 'user:default/test'
const NOW = Date.parse('2026-06-10T12:00:00Z')
let ground: TestGround
let records = 0

/** A cost of May unless it says otherwise. */
const cost = (over: Record<string, unknown>) => {
  const read = parseEvidence({
    kind: 'cost',
    source: 'focus',
    id: `cost-${records++}`,
    subject: 'resource:default/acct-1',
    at: '2026-05-04',
    from: '2026-05-04',
    bill: 'Cloud 100 2026-05',
    currency: 'EUR',
    service: 'Compute',
    lines: 1,
    ...over,
  })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}
const component = (name: string, spec: object = {}, annotations: Record<string, string> = {}) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, annotations },
  spec: { type: 'service', lifecycle: 'production', owner: 'group:default/shoppers', ...spec },
})

beforeAll(async () => {
  ground = await testGround({ now: NOW, install: [installDelivery, installCost] })
  const uses = { dependsOn: ['component:default/platform'] }
  await ground.catalog.applyFolder(
    'catalog',
    [
      component('shop', uses, { 'throughline.dev/cost-tags': 'app=shop, app: till' }),
      component(
        'search',
        { ...uses, owner: 'unknown' },
        { 'throughline.dev/cost-resources': 'vm-9', 'throughline.dev/cost-tags': 'app=search, app=both' },
      ),
      component('mail', {}, { 'throughline.dev/cost-tags': 'app=both' }),
      component(
        'platform',
        { owner: 'group:default/plumbers' },
        { 'throughline.dev/cost-accounts': 'acct-2', 'throughline.dev/cost-share': 'even' },
      ),
    ],
    { by: BY },
  )
  await ground.ledger.append(
    [
      cost({ effective: '10.1', billed: '12', tags: { app: 'Shop' } }),
      cost({ effective: '0.2', billed: '0.2', tags: { app: 'till' }, customer: 'acme' }),
      cost({ effective: '5', billed: '5', tags: { app: 'shop' }, resource: 'VM-9' }),
      cost({ effective: '1', billed: '1', tags: { component: 'mail' } }),
      cost({ effective: '7', billed: '7', tags: { app: 'both' }, service: 'Queue' }),
      cost({ effective: '3', billed: '3', tags: { app: 'lost' }, service: 'Storage' }),
      cost({ effective: '10', billed: '10', subject: 'resource:default/acct-2' }),
      cost({ effective: '2', billed: '2', subject: 'component:default/shop' }),
      cost({ billed: '100', tags: { app: 'shop' }, category: 'Purchase' }),
      // The month before, and a month in another currency.
      cost({ effective: '8', billed: '8', tags: { app: 'shop' }, from: '2026-04-30', at: '2026-04-30', bill: 'Cloud 100 2026-04' }),
      cost({
        effective: '1',
        billed: '1',
        currency: 'USD',
        tags: { app: 'shop' },
        from: '2026-03-02',
        at: '2026-03-02',
        bill: 'Other 2026-03',
      }),
      cost({ effective: '2', billed: '2', tags: { app: 'shop' }, from: '2026-03-03', at: '2026-03-03', bill: 'Cloud 100 2026-03' }),
    ],
    { by: BY },
  )
})
afterAll(() => ground.store.close())

const read = (over: Partial<Parameters<typeof readCost>[0]> = {}) =>
  readCost({ namespace: 'default', by: 'component', requests: 'requests', ...over }, ground)
const amounts = ({ rows }: Awaited<ReturnType<typeof read>>) => Object.fromEntries(rows.map(({ title, amount }) => [title, amount]))

test('the last whole month by component: the strongest claim wins, two of one strength allocate nothing, shared cost is split as stated', async () => {
  const told = await read()
  expect(told).toMatchObject({ window: { from: '2026-05-01T00:00:00.000Z' }, cost: 'effective', currency: 'EUR', unknown: null })
  // Ten of the platform's account are shared by the two that depend on it.
  expect(amounts(told)).toEqual({ shop: 17.3, search: 10, mail: 1, platform: 0 })
  expect(told.split).toEqual({
    shares: [
      { of: 'component:default/platform', to: 'component:default/search', rule: 'even', amount: 5 },
      { of: 'component:default/platform', to: 'component:default/shop', rule: 'even', amount: 5 },
    ],
    kept: [],
  })
  expect(told.total).toMatchObject({ amount: 38.3, before: 8, without: 1 })
  expect(told.unallocated).toMatchObject({ amount: 10, lines: 2 })
  expect(told.unallocated.parts).toMatchObject([
    { amount: 7, claimed: ['component:default/mail', 'component:default/search'], services: [{ service: 'Queue', amount: 7 }] },
    { amount: 3, claimed: [], fix: expect.stringContaining('cost-tags: app=lost') },
  ])
  expect(told.rows.reduce((sum, { amount }) => sum + amount, told.unallocated.amount)).toBeCloseTo(told.total.amount!, 9)
  expect(told.headline).toMatch(
    /^It cost 38\.3 EUR, 379.% more than before\. The dearest component is shop: 17\.3 EUR .* is claimed by nobody\.$/,
  )
})

test('by team through owners, by customer and by service; what names none is told apart', async () => {
  expect(amounts(await read({ by: 'team' }))).toEqual({ shoppers: 18.3, search: 10, plumbers: 0 })
  const customers = await read({ by: 'customer' })
  expect([amounts(customers), customers.unallocated.amount]).toEqual([{ acme: 0.2 }, 38.1])
  expect(amounts(await read({ by: 'service' }))).toEqual({ Compute: 28.3, Queue: 7, Storage: 3 })
  expect(amounts(await read({ cost: 'billed' }))).toMatchObject({ shop: 119.2 })
})

test('two currencies are never added up: unknown until one is chosen', async () => {
  const march = { from: Date.parse('2026-03-01'), to: Date.parse('2026-04-01') }
  const told = await read(march)
  expect(told).toMatchObject({ currency: null, unknown: { code: 'several_currencies' }, rows: [], total: { amount: null } })
  expect(told.currencies.map(({ currency, amount }) => [currency, amount])).toEqual([
    ['EUR', 2],
    ['USD', 1],
  ])
  expect(await read({ ...march, currency: 'USD' })).toMatchObject({ unknown: null, total: { amount: 1, before: null } })
  const measured = await ground.measures.read({ measure: 'cost.effective', ...march })
  expect(measured).toMatchObject({ value: null, unknown: { code: 'several_currencies' } })
  expect(await ground.measures.read({ measure: 'cost.effective', where: { currency: 'USD' }, ...march })).toMatchObject({
    value: 1,
    unit: 'USD',
    n: 1,
  })
})

test('a month without a bill is unknown, never nothing', async () => {
  const told = await read({ from: Date.parse('2025-01-01'), to: Date.parse('2025-02-01') })
  expect(told).toMatchObject({ unknown: { code: 'no_bill' }, total: { amount: null }, rows: [] })
  expect(told.months.every(({ amount }) => amount === null)).toBe(true)
  expect((await read()).months.map(({ amount }) => amount)).toEqual([...Array(10).fill(null), 8, 38.3].with(9, 2))
})

test('measures: a component has what it claims, an account what it is billed, the namespace everything', async () => {
  const may = { from: Date.parse('2026-05-01'), to: Date.parse('2026-06-01') }
  const value = async (measure: string, subject?: string, where = {}) =>
    ground.measures.read({ measure, ...(subject ? { subject } : {}), where, ...may })
  expect(await value('cost.effective')).toMatchObject({
    value: 38.3,
    unit: 'EUR',
    n: 8,
    excluded: [{ code: 'no_effective_cost', count: 1 }],
  })
  expect(await value('cost.effective', 'component:default/shop')).toMatchObject({ value: 12.3 })
  expect(await value('cost.effective', 'resource:default/acct-2')).toMatchObject({ value: 10 })
  expect(await value('cost.effective', 'group:default/shoppers')).toMatchObject({ value: 13.3 })
  expect(await value('cost.effective', undefined, { service: 'Storage' })).toMatchObject({ value: 3 })
  const rows = await ground.measures.rows({ measure: 'cost.effective', subject: 'component:default/shop', ...may })
  expect(rows.map((row) => [row.value, row.excluded])).toEqual(
    expect.arrayContaining([
      [10.1, undefined],
      [null, 'no_effective_cost'],
    ]),
  )
  expect(rows).toHaveLength(4)
})

test('cost per request is cost by the sum of the measure named; shares by requests follow it, and are not guessed where it is silent', async () => {
  const may = { from: Date.parse('2026-05-01'), to: Date.parse('2026-06-01') }
  const perRequest = () => ground.measures.read({ measure: 'cost.per_request', subject: 'component:default/shop', ...may })
  expect(await perRequest()).toMatchObject({ value: null, unknown: { code: 'no_requests' } })
  const byRequests = component(
    'platform',
    { owner: 'group:default/plumbers' },
    { 'throughline.dev/cost-accounts': 'acct-2', 'throughline.dev/cost-share': 'requests' },
  )
  await ground.catalog.write(byRequests, { by: BY })
  expect((await read()).split).toMatchObject({
    shares: [],
    kept: [{ why: expect.stringContaining('no requests is known of component:default/search') }],
  })
  const requests = (subject: string, value: number, id: string) =>
    parseEvidence({ kind: 'measurement', source: 'proxy', id, subject, at: '2026-05-09', measure: 'requests', value })
  const sent = [
    requests('component:default/shop', 100, 'a'),
    requests('component:default/shop', 200, 'b'),
    requests('component:default/search', 700, 'c'),
  ]
  await ground.ledger.append(
    sent.map((one) => (one.ok ? one.value : fail())),
    { by: BY },
  )
  expect(await perRequest()).toMatchObject({ value: 12.3 / 300, unit: 'EUR/request' })
  const told = await read()
  expect(amounts(told)).toEqual({ shop: 15.3, search: 12, mail: 1, platform: 0 })
  expect(told.rows.find(({ title }) => title === 'shop')).toMatchObject({ requests: 300, perRequest: 15.3 / 300, shared: 3 })
})

test('accounts that only bills tell of are no part of the whole that other measures cover', async () => {
  const reading = await ground.measures.read({ measure: 'delivery.deployment_frequency' })
  expect(reading.covers?.subjects).toBe(4)
})

test('mail addresses do not stay in tags or as customers', async () => {
  await ground.ledger.append(
    [cost({ effective: '1', from: '2026-02-03', customer: 'dev-1@example.org', tags: { app: 'shop', team: 'dev-1@example.org' } })],
    { by: BY },
  )
  const told = await read({ by: 'customer', from: Date.parse('2026-02-01'), to: Date.parse('2026-03-01') })
  expect(told.rows.map(({ key }) => key)).toEqual([expect.stringMatching(/^person:/)])
  expect(
    JSON.stringify(await ground.store.query((await import('../../ground/store/index.ts')).sql`select * from evidence_cost`)),
  ).not.toContain('dev-1@')
})

test('among all measures cost stands in the currency of its bills', async () => {
  const overview = seriesOperations.find(({ id }) => id === 'measure.overview')!
  const told = (await overview.run(
    overview.input.parse({}) as never,
    { ...ground, caller: { person: BY, scopes: ['read'] } } as never,
  )) as {
    measures: { id: string; unit: string; latest: unknown }[]
  }
  expect(told.measures.find(({ id }) => id === 'cost.effective')).toMatchObject({ unit: 'EUR', latest: { n: expect.any(Number) } })
})

function fail(): never {
  throw new Error('the record is right')
}
