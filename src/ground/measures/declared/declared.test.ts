import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testStore } from '../../../../test/support/store.ts'
import { type Catalog, createCatalog, type EntityDraft } from '../../catalog/index.ts'
import { DAY, formatInstant, Refusal } from '../../core/index.ts'
import { createLedger, type Evidence, type Ledger } from '../../ledger/index.ts'
import { sql, type Store } from '../../store/index.ts'
import { createMeasures, type Measures } from '../index.ts'

const NOW = Date.parse('2026-06-01T00:00:00Z')
const by = 'user:default/me'
const SHOP = 'component:default/shop'

let store: Store
let catalog: Catalog
let ledger: Ledger
let measures: Measures
let now = NOW
beforeAll(async () => {
  store = await testStore()
  ledger = createLedger({ store, clock: () => now, pseudonym: (person) => person })
  catalog = createCatalog({ store, clock: () => now })
  catalog.registerSubjects(async (namespace) =>
    (
      await store.query<{ subject: string }>(sql`select distinct subject from evidence_subject where subject like ${`%:${namespace}/%`}`)
    ).map(({ subject }) => subject),
  )
  measures = createMeasures({ store, catalog, clock: () => now })
  const sent = [
    ...Array.from({ length: 10 }, (_, day) => [sentOn('orders', day, 10 + day), sentOn('visits', day, 100)]).flat(),
    sentOn('refunds', 3, 2),
    sentOn('stock', 4, 8, 8),
    sentOn('stock', 4, 3, 20),
    sentOn('stock', 5, 6, 9),
    ...['anna', 'ben', 'anna'].map((actor, index) => did('signed_up', 2, actor, index)),
    did('looked', 6, 'cleo', 0),
  ]
  await ledger.append(sent, { by })
  await apply([
    measure('conversion', { unit: 'ratio', source: { kind: 'ratio', of: 'orders', per: 'visits' } }),
    measure('net', {
      unit: 'orders',
      source: { kind: 'expression', text: '(orders - refunds) / orders', measures: { orders: 'orders', refunds: 'refunds' } },
    }),
    measure('of_nothing', { unit: 'ratio', source: { kind: 'ratio', of: 'orders', per: 'nonesuch' } }),
    measure('by_zero', { unit: 'ratio', source: { kind: 'expression', text: 'a / (b - b)', measures: { a: 'orders', b: 'visits' } } }),
    measure('sign_ups', { unit: 'count', source: { kind: 'events', event: 'signed_up' } }),
    measure('people', { unit: 'count', source: { kind: 'events', event: 'signed_up', count: 'actors' } }),
    measure('mistyped', { unit: 'count', source: { kind: 'events', event: 'signedup' } }),
    measure('stock', { unit: 'pieces', source: { kind: 'series', keep: 'last' } }),
    measure('deliveries', { unit: 'EUR', source: { kind: 'series' } }),
    measure('mixture', { unit: 'EUR', source: { kind: 'expression', text: 'a + b', measures: { a: 'deliveries', b: 'stock' } } }),
  ])
})
afterAll(() => store.close())

const at = (day: number, hour = 12) => formatInstant(NOW - 10 * DAY + day * DAY + hour * 3_600_000)
const sentOn = (id: string, day: number, value: number, hour = 12) =>
  ({
    kind: 'measurement',
    source: 'warehouse',
    id: `${id}-${day}-${hour}`,
    subject: SHOP,
    at: at(day, hour),
    measure: id,
    value,
  }) as Evidence
const did = (name: string, day: number, actor: string, index: number) =>
  ({ kind: 'product_event', source: 'portal', id: `${name}-${index}`, subject: SHOP, at: at(day, index), name, actor }) as Evidence
function measure(name: string, spec: Record<string, unknown>, namespace = 'default'): EntityDraft {
  return { apiVersion: 'throughline.dev/v1', kind: 'Measure', metadata: { name, namespace }, spec: { question: 'How much?', ...spec } }
}
const apply = (drafts: EntityDraft[], folder = 'own') => catalog.applyFolder(folder, drafts, { by })
const read = (id: string, more = {}) => measures.read({ measure: id, subject: SHOP, ...more })

describe('measures made of others', () => {
  test('a ratio divides what both come to in the window, and counts the records of both', async () => {
    expect(await read('conversion')).toMatchObject({ value: 0.145, n: 20, unit: 'ratio' })
    const days = await measures.readMany({ measure: 'conversion', subject: SHOP, from: NOW - 3 * DAY, to: NOW, bucket: 'day' })
    expect(days.map(({ value }) => value)).toEqual([0.17, 0.18, 0.19])
    const parts = await measures.readMany({ measure: 'conversion', by: 'component' })
    expect(parts.map(({ subject, value }) => [subject, value])).toEqual([[SHOP, 0.145]])
  })
  test('its rows are the records of its parts, newest first, each once and paged', async () => {
    const rows = await measures.rows({ measure: 'conversion', subject: SHOP, limit: 3 })
    expect(rows.map(({ id }) => id)).toEqual([
      'measurement:warehouse/orders-9-12',
      'measurement:warehouse/visits-9-12',
      'measurement:warehouse/orders-8-12',
    ])
    const next = await measures.rows({ measure: 'conversion', subject: SHOP, limit: 1, offset: 3 })
    expect(next[0]!.id).toBe('measurement:warehouse/visits-8-12')
  })
  test('an expression reads a measure it names twice once', async () => {
    expect(await read('net')).toMatchObject({ value: (14.5 - 2) / 14.5, n: 11 })
  })
  test('a part that is unknown makes it unknown and is named with its reason', async () => {
    expect(await read('of_nothing')).toMatchObject({ value: null, n: 10, unknown: { code: 'part_unknown', why: /nonesuch/ } })
  })
  test('dividing by zero is unknown, not infinite and not zero', async () => {
    expect(await read('by_zero')).toMatchObject({ value: null, unknown: { code: 'no_number' } })
  })
  test('read as of a moment it answers from the parts known then', async () => {
    const before = ledger.now()
    now += DAY
    await ledger.append([{ ...sentOn('refunds', 3, 4), at: at(3, 13) }], { by })
    expect((await read('net', { at: NOW })).value).toBeCloseTo((14.5 - 4) / 14.5)
    expect((await read('net', { at: NOW, asOf: before })).value).toBeCloseTo((14.5 - 2) / 14.5)
  })
})

describe('events and series', () => {
  test('events are counted, or those behind them; none is zero only while the product tells of something', async () => {
    expect(await read('sign_ups', { at: NOW })).toMatchObject({ value: 3, n: 3 })
    expect(await read('people', { at: NOW })).toMatchObject({ value: 2, n: 3 })
    const days = await measures.readMany({ measure: 'sign_ups', subject: SHOP, from: NOW - 8 * DAY, to: NOW - 2 * DAY, bucket: 'day' })
    expect(days.map(({ value }) => value)).toEqual([3, null, null, null, 0, null])
    expect((await read('mistyped', { at: NOW })).unknown!.why).toContain('"signedup" has ever been told of')
    expect(await measures.rows({ measure: 'sign_ups', subject: SHOP, at: NOW })).toHaveLength(3)
  })
  test('several values of a day make what its source says, of days as they are where somebody asks', async () => {
    const stock = (zone: string) => read('stock', { at: NOW, zone })
    expect(await stock('UTC')).toMatchObject({ value: 4.5, n: 3 }) // 3 and 6
    expect(await stock('Pacific/Auckland')).toMatchObject({ value: 7, n: 3 }) // 8 and 6
  })
})

describe('what is refused and what is named', () => {
  test('an expression that cannot be read is refused with its column', () => {
    const told = catalog.checkDraft(
      measure('odd', { unit: 'x', source: { kind: 'expression', text: 'orders / ', measures: { orders: 'orders' } } }),
    )
    expect(told).toMatchObject([{ severity: 'error', path: 'spec.source.text', message: /column 9: the end/ }])
    const strange = catalog.checkDraft(
      measure('odd', { unit: 'x', source: { kind: 'expression', text: 'a / c', measures: { a: 'orders', b: 'visits' } } }),
    )
    expect(strange.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'error measure.unnamed_part',
      'warning measure.unused_part',
    ])
  })
  test('a measure computed from itself is refused, and one that is there all the same is unknown at once', async () => {
    const circle = [
      measure('one', { unit: 'x', source: { kind: 'ratio', of: 'two', per: 'orders' } }),
      measure('two', { unit: 'x', source: { kind: 'ratio', of: 'three', per: 'orders' } }),
      measure('three', { unit: 'x', source: { kind: 'ratio', of: 'one', per: 'orders' } }),
    ]
    const applied = await apply(circle, 'circle')
    expect(applied).toMatchObject({
      created: 2,
      problems: [{ code: 'measure.circular', message: 'three would be computed from itself: three ← one ← two ← three' }],
    })
    // As an older version may have kept it.
    await store.query(sql`update entity set doc = jsonb_set(doc::jsonb, '{spec,source,of}', '"one"') where ref = 'measure:default/two'`)
    await store.query(
      sql`update entity_version set doc = jsonb_set(doc::jsonb, '{spec,source,of}', '"one"') where ref = 'measure:default/two'`,
    )
    expect(await read('one', { at: NOW })).toMatchObject({
      value: null,
      unknown: { code: 'circular', why: 'It is computed from itself: one ← two ← one.' },
    })
    expect((await catalog.gaps({ namespace: 'default', at: NOW, finder: 'measure_circular' })).map(({ ref }) => ref)).toEqual([
      'measure:default/one',
      'measure:default/two',
    ])
  })
  test('gaps name parts nobody measures and units that cannot be added', async () => {
    const gaps = await catalog.gaps({ namespace: 'default', at: NOW })
    const own = gaps.filter(({ code }) => code === 'measure_of_nothing' || code === 'measure_units_differ')
    expect(own.map(({ code, ref }) => `${code} ${ref}`)).toEqual([
      'measure_of_nothing measure:default/of_nothing',
      'measure_units_differ measure:default/mixture',
    ])
  })
})

describe('headline measures', () => {
  const headline = (name: string, replaces?: string, audience = 'executive') =>
    measure(name, { unit: 'x', headline: [{ audience, ...(replaces ? { replaces } : {}) }] }, 'heads')
  const listed = async () => (await measures.listAll('heads')).filter((one) => one.headline?.includes('executive')).map(({ id }) => id)

  test('seven an audience; the eighth is refused by its name until it says which one it replaces', async () => {
    const seven = Array.from({ length: 7 }, (_, index) => headline(`h${index}`))
    expect((await apply([...seven, headline('h7')], 'heads')).problems).toMatchObject([
      {
        code: 'measure.too_many_headlines',
        severity: 'error',
        message: 'h7 would be headline measure 8 for executive; there are at most 7',
      },
    ])
    await expect(catalog.write(headline('h7'), { by })).rejects.toThrow(Refusal)
    expect((await apply([...seven, headline('h7', 'h2')], 'heads')).problems).toEqual([])
    expect(await listed()).toEqual(['h0', 'h1', 'h3', 'h4', 'h5', 'h6', 'h7'])
    await expect(catalog.write(headline('h8', 'h2'), { by })).rejects.toThrow(
      'replaces h2, which is no headline measure for executive here',
    )
    expect((await catalog.write(headline('p', undefined, 'product'), { by })).version).toBe(1)
  })
  test('the order in a folder is no matter: what gives its place up makes room', async () => {
    const seven = ['h0', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name) =>
      name === 'h4' ? measure(name, { unit: 'x' }, 'heads') : headline(name),
    )
    expect((await apply([headline('a'), ...seven], 'heads')).problems).toEqual([])
    expect(await listed()).toEqual(['a', 'h0', 'h1', 'h2', 'h3', 'h5', 'h6'])
  })
})
