import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { testStore } from '../../../../test/support/store.ts'
import { type Catalog, createCatalog, type EntityDraft } from '../../catalog/index.ts'
import { DAY, formatInstant, HOUR } from '../../core/index.ts'
import { createLedger, type Evidence, type Ledger } from '../../ledger/index.ts'
import { sql, type Store } from '../../store/index.ts'
import { createMeasures, type Measures, type Random, randomOf } from '../index.ts'
import { judge } from './decide.ts'
import { driversOf } from './drivers.ts'
import { sentenceOf } from './tell.ts'
import { metricTree } from './tree.ts'

const NOW = Date.parse('2026-06-01T09:00:00Z')
const MIDNIGHT = Date.parse('2026-06-01T00:00:00Z')
const by = 'user:default/me'
const DAYS = 300

let store: Store
let catalog: Catalog
let ledger: Ledger
let measures: Measures
let now = NOW
let planted: Planted
beforeAll(async () => {
  store = await testStore()
  ledger = createLedger({ store, clock: () => now, pseudonym: (person) => person })
  catalog = createCatalog({ store, clock: () => now })
  catalog.registerKind({ kind: 'Outcome', apiVersions: ['throughline.dev/v1'], spec: z.looseObject({}) })
  catalog.registerSubjects(async (namespace) =>
    (
      await store.query<{ subject: string }>(sql`select distinct subject from evidence_subject where subject like ${`%:${namespace}/%`}`)
    ).map(({ subject }) => subject),
  )
  measures = createMeasures({ store, catalog, clock: () => now })
  planted = plantedSeries()
  await ledger.append(
    Object.entries(planted).flatMap(([id, values]) => sent(id, values)),
    { by },
  )
  await catalog.applyFolder(
    'own',
    [
      intent('Outcome', 'fewer-questions', { measure: 'contacts' }),
      intent('Measure', 'contacts', {
        drivers: [
          { measure: 'waiting', direction: 'same', lag: '7d' },
          { measure: 'rain', direction: 'same', lag: '7d' },
          { measure: 'help', direction: 'same', lag: '7d' },
          { measure: 'young', direction: 'same' },
          { measure: 'nonesuch' },
          { measure: 'fixed' },
        ],
      }),
      intent('Measure', 'per_order', { source: { kind: 'ratio', of: 'contacts', per: 'orders' } }),
    ],
    { by },
  )
})
afterAll(() => store.close())

type Planted = Record<'contacts' | 'waiting' | 'rain' | 'help' | 'fixed', number[]> & { young: number[] }

/** Contacts follow waiting a week later, fall with help a week later, and care for nothing else. */
function plantedSeries(): Planted {
  const random = randomOf('drivers')
  const noise = () => Array.from({ length: DAYS }, () => normal(random))
  const [waiting, rain, help, own] = [noise(), noise(), noise(), noise()]
  const contacts = own.map((rest, day) => 500 + 20 * rest + 15 * (waiting[day - 7] ?? 0) - 15 * (help[day - 7] ?? 0))
  return { contacts, waiting, rain, help, fixed: noise().map(() => 4), young: noise().slice(0, 40) }
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}

/** The newest value lies on the last whole day. */
function sent(id: string, values: readonly number[], later = 0): Evidence[] {
  return values.map(
    (value, index) =>
      ({
        kind: 'measurement',
        source: 'warehouse',
        id: `${id}-${index}`,
        subject: 'system:default/shop',
        at: formatInstant(MIDNIGHT - (values.length - index) * DAY + DAY / 2 + later),
        measure: id,
        value,
      }) as Evidence,
  )
}

function intent(kind: string, name: string, spec: Record<string, unknown>): EntityDraft {
  const own = kind === 'Measure' ? { question: 'How much?', unit: 'count' } : {}
  return { apiVersion: 'throughline.dev/v1', kind, metadata: { name }, spec: { ...own, ...spec } }
}

const ask = (more = {}) =>
  driversOf({ measure: 'contacts', subject: 'namespace:default', at: now, asOf: now, zone: 'UTC', ...more }, { measures, catalog })

describe('what is thought to drive a measure', () => {
  test('each stated driver is held against what was measured, with its numbers and its reason', async () => {
    const { drivers, stated, window } = await ask()
    expect(stated).toEqual({ ref: 'measure:default/contacts', version: 1 })
    expect(window.to).toBe('2026-06-01T00:00:00.000Z')
    expect(drivers.map(({ measure, verdict, ground }) => `${measure}: ${verdict}, ${ground}`)).toEqual([
      'waiting: supported, moves_together',
      'rain: refuted, moves_apart',
      'help: refuted, moves_against',
      'young: not_enough_data, too_few',
      'nonesuch: believed, nothing_measured',
      'fixed: not_enough_data, never_moves',
    ])
    expect(drivers[0]!.tested).toMatchObject({ grain: 'day', lagDays: 7, lagsDays: { from: 4, to: 10 }, n: DAYS - 7 })
    expect(drivers[0]!.tested!.effect.low).toBeGreaterThan(0)
    expect(drivers[0]!.tested!.effect.high).toBeLessThan(30)
    expect(drivers[0]!.why).toMatch(
      /^When waiting stood [\d.]+ higher, contacts stood 1\d(\.\d)? higher about 7 days later \(95 %: [\d.]+ to [\d.]+\): correlation 0\.\d+ /,
    )
  })
  test('no sentence says that one thing causes the other', async () => {
    const { drivers } = await ask()
    for (const { why, fix = '' } of drivers) expect(`${why} ${fix}`).not.toMatch(/caus|because of|due to|leads to|effect/i)
  })
  test('one that is not stated can be tried first', async () => {
    const { drivers } = await ask({ driver: { measure: 'help', direction: 'opposite', lag: '7d' } })
    expect(drivers).toMatchObject([{ measure: 'help', verdict: 'supported' }])
  })
  test('asked as of a day before corrections arrived, the answer of that day comes again', async () => {
    const asOf = ledger.now()
    const before = await ask({ asOf, at: NOW })
    now += DAY
    await ledger.append(
      sent(
        'contacts',
        planted.contacts.map((_, day) => 500 + (day % 5)),
        HOUR,
      ),
      { by },
    )
    expect((await ask({ at: NOW })).drivers[0]!.verdict).not.toBe('supported')
    expect(await ask({ asOf, at: NOW })).toEqual(before)
  })
  test('where days are thin, whole weeks are compared', () => {
    const random = randomOf('weeks')
    const x = Float64Array.from({ length: 60 }, () => normal(random))
    const y = x.map((_, week) => normal(random) + 1.5 * (x[week - 2] ?? 0))
    const judged = judge({ direction: 'same', lagDays: 14 }, y, x, 'week', 'weeks')
    expect(judged).toMatchObject({ verdict: 'supported', grain: 'week', tested: { lagDays: 14, lagsDays: { from: 7, to: 21 } } })
    expect(sentenceOf({ direction: 'same', lagDays: 14 }, judged, { title: 'Y', unit: 'ratio' }, { title: 'X', unit: 's' }).why).toContain(
      'n 58 weeks',
    )
  })
  test('an interval that allows a strong tie and none is not enough to refute', () => {
    const random = randomOf('unsure')
    const noise = () => Float64Array.from({ length: 90 }, () => normal(random))
    const judged = judge({ direction: 'same', lagDays: null }, noise(), noise(), 'day', 'unsure')
    expect(judged).toMatchObject({ verdict: 'not_enough_data', ground: 'too_unsure' })
    expect(judged.needed).toBeGreaterThan(90)
  })
})

test('the tree hangs outcomes on their measures, and those on their parts and drivers', async () => {
  const { nodes, edges } = await metricTree({ namespace: 'default' }, { measures, catalog })
  expect(edges.slice(0, 2)).toEqual([
    { upper: 'outcome:default/fewer-questions', lower: 'contacts', kind: 'measure' },
    { upper: 'contacts', lower: 'waiting', kind: 'driver', direction: 'same', lag: '7d' },
  ])
  expect(edges.filter(({ kind }) => kind === 'part').map(({ lower }) => lower)).toEqual(['contacts', 'orders'])
  expect(nodes.find(({ id }) => id === 'nonesuch')).toMatchObject({ missing: true })
  expect(nodes.find(({ id }) => id === 'contacts')).toMatchObject({ stated: { ref: 'measure:default/contacts', version: 1 } })
})
