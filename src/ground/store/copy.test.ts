import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { sql, type CopiedColumns, type Store } from './index.ts'

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
  names: 'text[]',
} as const satisfies CopiedColumns

/** Copies rows into a table of their own and reads them back. */
async function copied(columns: CopiedColumns, rows: Iterable<readonly unknown[]>): Promise<Record<string, unknown>[]> {
  const shape = sql.join(Object.entries(columns).map(([name, type]) => sql`${sql.id(name)} ${sql.raw(type)}`))
  return store.transaction(async () => {
    await store.query(sql`create temporary table copied (${shape}) on commit drop`)
    await store.copy('copied', columns, rows)
    return store.query<Record<string, unknown>>(sql`select * from copied`)
  })
}

test('copied rows arrive as they were given, whatever is in them', async () => {
  const text = fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', ''))
  const row = fc.tuple(
    fc.option(text),
    fc.option(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 })),
    fc.option(fc.double({ noNaN: true }).map((value) => value + 0)),
    fc.option(fc.maxSafeInteger()),
    fc.option(fc.boolean()),
    fc.option(fc.oneof(fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }), fc.array(fc.integer(), { maxLength: 3 }))),
    fc.option(fc.array(fc.option(text), { maxLength: 3 })),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      const numbered = rows.map((values, n) => [n, ...values] as const)
      const expected = numbered.map((values) => Object.fromEntries(Object.keys(COLUMNS).map((name, i) => [name, values[i]])))
      expect(await copied(COLUMNS, numbered)).toEqual(expected)
    }),
    { numRuns: 40 },
  )
})

test('a large load comes in whole', async () => {
  const rows = function* () {
    for (let n = 0; n < 30_000; n++) yield [`key ${n}`, String(n)]
  }
  await store.copy('setting', { key: 'text', value: 'jsonb' }, rows())
  expect(await store.query(sql`select count(*) as rows, count(distinct key) as keys, sum(value::int) as sum from setting`)).toEqual([
    { rows: 30_000, keys: 30_000, sum: 449_985_000 },
  ])
  await store.query(sql`delete from setting`)
})

test('moments may be given as text or without end', async () => {
  expect(await copied({ at: 'timestamptz' }, [[Infinity], ['2026-05-04T09:30:00+02:00'], [null]])).toEqual([
    { at: Infinity },
    { at: Date.UTC(2026, 4, 4, 7, 30) },
    { at: null },
  ])
})

test('numbers keep all their bits; a value of another type is refused, not bent until it fits', async () => {
  const large = 2n ** 63n - 1n
  expect(await copied({ n: 'bigint', at: 'timestamptz' }, [[large, Date.UTC(9999, 0, 1, 0, 0, 0, 1)]])).toEqual([
    { n: Number(large), at: Date.UTC(9999, 0, 1, 0, 0, 0, 1) },
  ])
  const unfit = [
    ['integer', 2 ** 31],
    ['integer', 'one'],
    ['bigint', large + 1n],
    ['boolean', 'yes'],
    ['timestamptz', 'today'],
    ['text[]', 'a'],
  ] as const
  for (const [type, value] of unfit) await expect(copied({ of: type }, [[value]])).rejects.toThrow(`does not fit a column of type ${type}`)
})

test('a load is part of the transaction around it, and keeps nothing when it fails', async () => {
  await expect(
    store.transaction(async () => {
      for (const key of ['one', 'two']) await store.copy('setting', { key: 'text', value: 'jsonb' }, [[key, '1']])
      expect(await store.query(sql`select count(*) as n from setting`)).toEqual([{ n: 2 }])
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(await store.query(sql`select count(*) as n from setting`)).toEqual([{ n: 0 }])
})

test('a row that does not fit is refused, and so is one that cannot be made; nothing of the load stays', async () => {
  const load = (rows: Iterable<readonly unknown[]>) => store.copy('setting', { key: 'text', value: 'jsonb' }, rows)
  const notJson = load([
    ['one', '1'],
    ['two', '{'],
  ])
  await expect(notJson).rejects.toMatchObject({ code: '22P02' })
  const broken = function* () {
    yield ['one', '1']
    throw new Error('the source broke')
  }
  await expect(load(broken())).rejects.toThrow('the source broke')
  expect(await store.query(sql`select count(*) as n from setting`)).toEqual([{ n: 0 }])
})
