import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { type Catalog, createCatalog } from '../catalog/index.ts'
import { DAY, Refusal } from '../core/index.ts'
import { createLedger, type Evidence, type Ledger } from '../ledger/index.ts'
import { sql, type Store } from '../store/index.ts'
import { createMeasures, instantIn, type MeasureDefinition, type Measures, readingAsk } from './index.ts'

const NOW = Date.parse('2026-06-01T00:00:00Z')
const me = 'user:default/me'

let store: Store
let catalog: Catalog
let ledger: Ledger
let measures: Measures
let now = NOW
beforeEach(async () => {
  now = NOW
  store = await testStore()
  ledger = createLedger({ store, clock: () => now, pseudonym: (person) => person })
  catalog = createCatalog({ store, clock: () => now })
  catalog.registerSubjects((namespace) =>
    store.query<{ subject: string }>(sqlSubjects(namespace)).then((rows) => rows.map(({ subject }) => subject)),
  )
  measures = createMeasures({ store, catalog, clock: () => now })
})
afterEach(() => store.close())

const sqlSubjects = (namespace: string) =>
  sql<{ subject: string }>`select distinct subject from evidence_subject where subject like ${`%:${namespace}/%`}`

const measurement = (id: string, value: number, at: string, more: Partial<Evidence> = {}): Evidence =>
  ({
    kind: 'measurement',
    source: 'shop',
    id,
    subject: 'component:default/checkout',
    at,
    measure: 'business.orders',
    value,
    ...more,
  }) as Evidence

/** A measure that answers each piece with the days of its window. */
const daysMeasure = (more: Partial<MeasureDefinition> = {}): MeasureDefinition => ({
  id: 'test.days',
  title: 'Days',
  question: 'How many days?',
  unit: 'd',
  better: 'lower',
  definition: 'Days of the window.',
  kinds: [],
  dimensions: [{ name: 'environment', default: 'production' }],
  collect: async ({ pieces }) =>
    pieces.map(({ window }) => ({
      shape: 'number',
      value: (window.to - window.from) / DAY,
      n: 1,
      excluded: { odd: 2, none: 0 },
      withData: 1,
    })),
  ...more,
})

describe('asking a measure', () => {
  test('the default window is the last 28 days before the moment asked about', async () => {
    measures.register(daysMeasure())
    const reading = await measures.read({ measure: 'test.days', at: Date.parse('2026-05-01T00:00:00Z') })
    expect(reading).toMatchObject({
      value: 28,
      window: { from: '2026-04-03T00:00:00.000Z', to: '2026-05-01T00:00:00.000Z' },
      subject: 'namespace:default',
      dimensions: { environment: 'production' },
      excluded: [{ code: 'odd', count: 2 }],
    })
  })
  test('a question as of a day is asked about that day too', async () => {
    measures.register(daysMeasure())
    const reading = await measures.read({ measure: 'test.days', asOf: Date.parse('2026-05-01T00:00:00Z') })
    expect(reading).toMatchObject({ at: '2026-05-01T00:00:00.000Z', asOf: '2026-05-01T00:00:00.000Z' })
  })
  test('weeks are cut on Mondays of the time zone asked for, with one collection for all of them', async () => {
    let collections = 0
    measures.register(
      daysMeasure({ collect: async ({ pieces }) => (collections++, pieces.map(() => ({ shape: 'nothing', excluded: {}, withData: 0 }))) }),
    )
    const readings = await measures.readMany({
      measure: 'test.days',
      from: Date.parse('2026-05-01T00:00:00Z'),
      to: NOW,
      bucket: 'week',
      zone: 'Europe/Berlin',
    })
    expect(readings.map(({ window }) => window.from.slice(0, 16))).toEqual([
      '2026-05-01T00:00',
      '2026-05-03T22:00',
      '2026-05-10T22:00',
      '2026-05-17T22:00',
      '2026-05-24T22:00',
      '2026-05-31T22:00',
    ])
    expect(collections).toBe(1)
    expect(readings[0]).toMatchObject({ value: null, unknown: { code: 'no_data' }, n: 0 })
  })
  test('an empty window, an unknown dimension and an unknown zone are refused with a sentence and a way out', async () => {
    measures.register(daysMeasure())
    const refusals = [{ from: NOW, to: NOW - DAY }, { where: { colour: 'red' } }, { zone: 'Europe/Atlantis' }, { subject: 'a b c' }]
    for (const wish of refusals) {
      const refused = await measures.read({ measure: 'test.days', ...wish }).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(Refusal)
      expect((refused as Refusal).problem.fix).toMatch(/\.$/)
    }
  })
  test('a bare date is midnight where the asker is', () => {
    expect(instantIn('America/New_York', '2026-07-01', 'from')).toBe(Date.parse('2026-07-01T04:00:00Z'))
    expect(instantIn('Pacific/Auckland', '2026-01-10', 'from')).toBe(Date.parse('2026-01-09T11:00:00Z'))
    expect(instantIn('America/New_York', '2026-07-01T00:00:00Z', 'from')).toBe(Date.parse('2026-07-01T00:00:00Z'))
  })
  test('filters are written name=value, several with commas or as a list', () => {
    expect(readingAsk('m', { where: ['environment=staging,team=a', 'x=1=2'], zone: 'UTC' }).where).toEqual({
      environment: 'staging',
      team: 'a',
      x: '1=2',
    })
    expect(() => readingAsk('m', { where: 'staging', zone: 'UTC' })).toThrow(Refusal)
  })
})

describe('measures that are sent in', () => {
  test('an id nobody computes is answered from pushed measurements and listed', async () => {
    await ledger.append(
      [
        measurement('1', 10, '2026-05-10T00:00:00Z'),
        measurement('2', 30, '2026-05-11T00:00:00Z'),
        measurement('3', 500, '2026-05-12T00:00:00Z'),
      ],
      { by: me },
    )
    const reading = await measures.read({ measure: 'business.orders', subject: 'component:default/checkout' })
    expect(reading).toMatchObject({ value: 30, n: 3, unit: '', quantiles: { p50: 30, p75: 265 } })
    expect((await measures.listAll()).map(({ id, origin }) => `${id} ${origin}`)).toEqual(['business.orders pushed'])
    expect(await measures.listAll(undefined, now - DAY)).toEqual([])
    const rows = await measures.rows({ measure: 'business.orders', subject: 'component:default/checkout' })
    expect(rows.map(({ id }) => id)).toEqual(['measurement:shop/3', 'measurement:shop/2', 'measurement:shop/1'])
  })
  test("the organisation's own Measure entity gives title, unit and direction", async () => {
    await catalog.write(
      {
        apiVersion: 'throughline.dev/v1',
        kind: 'Measure',
        metadata: { name: 'business.orders', title: 'Orders' },
        spec: { question: 'How many orders?', unit: 'orders', better: 'higher', source: { kind: 'series' } },
      },
      { by: me },
    )
    expect(await measures.read({ measure: 'business.orders' })).toMatchObject({ value: null, unit: 'orders', unknown: { code: 'no_data' } })
    expect(await measures.listAll()).toMatchObject([
      { id: 'business.orders', title: 'Orders', unit: 'orders', better: 'higher', origin: 'declared' },
    ])
  })
  test('an id nobody ever sent is unknown, not zero, and says what would make it known', async () => {
    const reading = await measures.read({ measure: 'business.magic' })
    expect(reading).toMatchObject({ value: null, n: 0, unknown: { code: 'not_registered' } })
  })
  test('measurements can be filtered by the dimensions they carry', async () => {
    await ledger.append(
      [
        measurement('1', 10, '2026-05-10T00:00:00Z', { dimensions: { country: 'de' } } as Partial<Evidence>),
        measurement('2', 30, '2026-05-11T00:00:00Z'),
      ],
      { by: me },
    )
    expect((await measures.read({ measure: 'business.orders', where: { country: 'de' } })).value).toBe(10)
  })
  test('a reading as of a day before a correction repeats the answer of that day', async () => {
    await ledger.append([measurement('1', 10, '2026-05-10T00:00:00Z')], { by: me })
    const before = ledger.now()
    now += DAY
    await ledger.append([measurement('1', 99, '2026-05-10T00:00:00Z')], { by: me })
    now += DAY
    expect((await measures.read({ measure: 'business.orders' })).value).toBe(99)
    expect((await measures.read({ measure: 'business.orders', asOf: before })).value).toBe(10)
  })
})

describe('sources that have gone silent', () => {
  const daily = (days: number, subject = 'component:default/checkout', source = 'shop') =>
    Array.from({ length: days }, (_, index) =>
      measurement(`${source}${index}`, 1, new Date(Date.parse('2026-03-01T12:00:00Z') + index * DAY).toISOString(), {
        subject,
        source,
      } as Partial<Evidence>),
    )
  test('a source that spoke daily and then not for a month is named as stale', async () => {
    await ledger.append(daily(60), { by: me }) // until 29 April, asked on 1 June
    expect((await measures.read({ measure: 'business.orders', from: NOW - 90 * DAY })).stale).toEqual(['shop'])
  })
  test('readings of the time before it fell silent are not stale', async () => {
    await ledger.append(daily(60), { by: me })
    expect((await measures.read({ measure: 'business.orders', from: NOW - 90 * DAY, to: NOW - 40 * DAY })).stale).toBeUndefined()
  })
  test('a source that always pauses for weeks is not called silent after a few', async () => {
    const sparse = Array.from({ length: 8 }, (_, index) =>
      measurement(`s${index}`, 1, new Date(NOW - (20 + index * 15) * DAY).toISOString()),
    )
    await ledger.append(sparse, { by: me })
    expect((await measures.read({ measure: 'business.orders', from: NOW - 90 * DAY })).stale).toBeUndefined()
  })
  test('none is asked for where there is no component to ask for', async () => {
    expect(await measures.readMany({ measure: 'business.orders', subject: 'namespace:empty', by: 'component' })).toEqual([])
  })

  test('a source that still tells of another part of the roll-up is not silent', async () => {
    await ledger.append([...daily(60), ...daily(92, 'component:default/search')], { by: me })
    expect((await measures.read({ measure: 'business.orders', from: NOW - 90 * DAY })).stale).toBeUndefined()
    const parts = await measures.readMany({ measure: 'business.orders', from: NOW - 90 * DAY, by: 'component' })
    expect(parts.map(({ subject, stale, value }) => [subject, stale, value])).toEqual([
      ['component:default/checkout', ['shop'], 1],
      ['component:default/search', undefined, 1],
    ])
    expect((await measures.read({ measure: 'business.orders', from: NOW - 90 * DAY })).covers).toEqual({ subjects: 2, withData: 2 })
  })
})
