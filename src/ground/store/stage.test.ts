import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { sql, type StagingColumns, type Store } from './index.ts'

let store: Store
beforeAll(async () => {
  store = await testStore()
})
afterAll(() => store.close())

const COLUMNS = {
  n: 'integer',
  'odd "name"': 'text',
  at: 'timestamptz',
  share: 'double precision',
  count: 'bigint',
  flag: 'boolean',
  doc: 'jsonb',
} as const satisfies StagingColumns

test('staged rows arrive as they were given, whatever is in them', async () => {
  const text = fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', ''))
  const row = fc.tuple(
    fc.option(text),
    fc.option(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 })),
    fc.option(fc.double({ noNaN: true }).map((value) => value + 0)),
    fc.option(fc.maxSafeInteger()),
    fc.option(fc.boolean()),
    fc.option(fc.oneof(fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }), fc.array(fc.integer(), { maxLength: 3 }))),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      const numbered = rows.map((values, n) => [n, ...values] as const)
      const staged = await store.stage(COLUMNS, numbered, (staging) => store.query(sql`select * from ${sql.id(staging)} order by n`))
      expect(staged).toEqual(numbered.map((values) => Object.fromEntries(Object.keys(COLUMNS).map((name, i) => [name, values[i]]))))
    }),
    { numRuns: 40 },
  )
})

test('a large load comes in whole, and its staging table is gone afterwards', async () => {
  const rows = function* () {
    for (let n = 0; n < 30_000; n++) yield [n, `row ${n}`]
  }
  let name = ''
  const counted = await store.stage({ n: 'integer', text: 'text' }, rows(), async (staging) => {
    name = staging
    return store.query(sql`select count(*) as rows, count(distinct text) as texts, sum(n) as sum from ${sql.id(staging)}`)
  })
  expect(counted).toEqual([{ rows: 30_000, texts: 30_000, sum: 449_985_000 }])
  await expect(store.query(sql`select 1 from ${sql.id(name)}`)).rejects.toMatchObject({ code: '42P01' })
})

test('moments may be given as text or without end', async () => {
  const staged = await store.stage({ at: 'timestamptz' }, [[Infinity], ['2026-05-04T09:30:00+02:00'], [null]], (staging) =>
    store.query(sql`select at from ${sql.id(staging)}`),
  )
  expect(staged).toEqual([{ at: Infinity }, { at: Date.UTC(2026, 4, 4, 7, 30) }, { at: null }])
})

test('staging is part of the transaction around it, and keeps nothing when it fails', async () => {
  await expect(
    store.transaction(async () => {
      for (const key of ['one', 'two']) {
        await store.stage({ key: 'text' }, [[key]], (staging) =>
          store.query(sql`insert into setting select key, '1' from ${sql.id(staging)}`),
        )
      }
      expect(await store.query(sql`select count(*) as n from setting`)).toEqual([{ n: 2 }])
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(await store.query(sql`select count(*) as n from setting`)).toEqual([{ n: 0 }])
})

test('a row that does not fit is refused with its place, and so is one that cannot be made', async () => {
  await expect(store.stage({ n: 'integer' }, [[1], ['two']], async () => undefined)).rejects.toMatchObject({ code: '22P02' })
  const broken = function* () {
    yield [1]
    throw new Error('the source broke')
  }
  await expect(store.stage({ n: 'integer' }, broken(), async () => undefined)).rejects.toThrow('the source broke')
  expect(await store.query(sql`select 1 as fine`)).toEqual([{ fine: 1 }])
})
