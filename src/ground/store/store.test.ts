import { afterAll, beforeAll, expect, test } from 'vitest'
import { onServer, testStore } from '../../../test/support/store.ts'
import { DatabaseError, instant, sql, stateOf, type Store } from './index.ts'

let store: Store
beforeAll(async () => {
  store = await testStore()
})
afterAll(() => store.close())

test('moments come as epoch milliseconds, large counts as numbers, JSON read', async () => {
  const [row] = await store.query(sql`select
    '2026-05-04T09:30:00.123456+02'::timestamptz as moment, 'infinity'::timestamptz as always, '-infinity'::timestamptz as never,
    count(*) as count, sum(n) as sum, 12.5::numeric as share, 0.1::float8 as real, 9007199254740991::int8 as large,
    '{"a": [1, null, "é"]}'::jsonb as doc, null::jsonb as none, true as yes, '2026-05-04'::date as day, '\\x00ff'::bytea as bytes
    from generate_series(1, 3) n`)
  expect(row).toEqual({
    moment: Date.UTC(2026, 4, 4, 7, 30, 0, 123),
    always: Infinity,
    never: -Infinity,
    count: 3,
    sum: 6,
    share: 12.5,
    real: 0.1,
    large: 9007199254740991,
    doc: { a: [1, null, 'é'] },
    none: null,
    yes: true,
    day: '2026-05-04',
    bytes: expect.any(Uint8Array),
  })
  expect([...(row as { bytes: Uint8Array }).bytes]).toEqual([0, 255])
})

test('lists come as lists, with what is in them read', async () => {
  const odd = ['plain', 'with, comma', 'with "quote"', 'back\\slash', '', 'NULL', '{brace}', 'new\nline', 'é😀']
  const [row] =
    await store.query(sql`select ${odd}::text[] as texts, array[1.5, null, 2]::float8[] as numbers, array[['a', 'b'], ['c', null]] as nested,
    '{}'::int[] as none, array['2026-01-01T00:00:00Z', 'infinity']::timestamptz[] as moments, array[true, false] as flags, array['{"a":1}']::jsonb[] as docs`)
  expect(row).toEqual({
    texts: odd,
    numbers: [1.5, null, 2],
    nested: [
      ['a', 'b'],
      ['c', null],
    ],
    none: [],
    moments: [Date.UTC(2026, 0, 1), Infinity],
    flags: [true, false],
    docs: [{ a: 1 }],
  })
})

test('a parameter arrives as it was given, whatever its type', async () => {
  const [row] =
    await store.query(sql`select ${`it's; "drop"`}::text as text, ${1e21}::float8 as number, ${5}::int8 as count, ${12n}::int8 as large, ${true}::boolean as flag,
    ${null}::text as none, ${new Date(5)}::timestamptz as date, ${new Uint8Array([1, 0, 255])}::bytea as bytes, ${{ a: 'é' }}::jsonb as doc, ${[1, 2]}::int[] as list,
    ${instant(1_700_000_000_123)} as moment, ${instant(Infinity)} as always, ${instant(null)} as unknown`)
  expect(row).toMatchObject({
    text: `it's; "drop"`,
    number: 1e21,
    count: 5,
    large: 12,
    flag: true,
    none: null,
    date: 5,
    doc: { a: 'é' },
    list: [1, 2],
    moment: 1_700_000_000_123,
    always: Infinity,
    unknown: null,
  })
  expect([...(row as { bytes: Uint8Array }).bytes]).toEqual([1, 0, 255])
})

test('a large answer is complete and in order, and does not hold up the process', async () => {
  const rows = await store.query<{ n: number; t: number }>(
    sql`select n, to_timestamp(n) as t, jsonb_build_object('n', n) as j from generate_series(1, 25000) n order by n`,
  )
  expect(rows.length).toBe(25_000)
  expect(rows.every(({ n, t }, i) => n === i + 1 && t === n * 1000)).toBe(true)
})

test('a few very large values come whole, too', async () => {
  const rows = await store.query<{ n: number; doc: string[] }>(
    sql`select n, to_jsonb(array_fill(repeat('x', 100), array[20000])) as doc from generate_series(1, 3) n order by n`,
  )
  expect(rows.map(({ n, doc }) => [n, doc.length, doc.at(-1)])).toEqual([1, 2, 3].map((n) => [n, 20_000, 'x'.repeat(100)]))
  expect(await store.query(sql`select n from generate_series(1, 2) n where false`)).toEqual([])
})

test('a statement PostgreSQL refuses says why, with its code, and the store goes on', async () => {
  await store.query(sql`insert into setting values ('twice', '1')`)
  const again = store.query(sql`insert into setting values ('twice', '2')`)
  await expect(again).rejects.toThrow(DatabaseError)
  await expect(again).rejects.toMatchObject({ code: '23505', constraint: 'setting_pkey', table: 'setting' })
  await expect(store.query(sql`select 1 / 0`)).rejects.toMatchObject({ code: '22012' })
  await expect(store.query(sql`select * from no_such_table`)).rejects.toThrow('no_such_table')
  await expect(store.query(sql`select 1; select 2`)).rejects.toMatchObject({ code: '42601' })
  expect(await store.query(sql`select value from setting where key = 'twice'`)).toEqual([{ value: 1 }])
})

test('an error tells where in our code the statement was asked', async () => {
  const failing = async () => {
    await store.query(sql`select no_such_column`)
  }
  await expect(failing()).rejects.toMatchObject({ stack: expect.stringContaining('store.test.ts') })
})

test('the state of a store has one name until something is written; while one writes oneself it has none', async () => {
  // Databases of one server count their transactions together: what other tests write there gives it another name, too.
  const stays = async (between: () => Promise<unknown>) => {
    for (let tries = onServer ? 50 : 1; tries > 0; tries--) {
      const before = await stateOf(store)
      await between()
      if ((await stateOf(store)) === before) return true
    }
    return false
  }
  expect(await stays(() => store.query(sql`select key from setting`))).toBe(true)
  await store.transaction(async () => {
    expect(await stays(() => store.query(sql`select key from setting`))).toBe(true)
  })
  const before = await stateOf(store)
  await store.transaction(async () => {
    await store.query(sql`insert into setting values ('state', '1')`)
    expect(await stateOf(store)).toBeNull()
  })
  expect(await stateOf(store)).not.toBe(before)
})

test('health tells which PostgreSQL, which schema, how large, and who waits', async () => {
  const health = await store.health()
  expect(health).toMatchObject({
    mode: onServer ? 'server' : 'embedded',
    migration: expect.stringMatching(/^\d{4}_/),
    waiting: { interactive: 0, background: 0 },
  })
  expect(Number.parseInt(health.postgres)).toBeGreaterThanOrEqual(15)
  expect(health.bytes).toBeGreaterThan(1_000_000)
})

test('a closed store refuses instead of waiting for ever', async () => {
  const closed = await testStore()
  await closed.close()
  await expect(closed.query(sql`select 1`)).rejects.toMatchObject({ problem: { code: 'store.closed' } })
})
