import { afterAll, beforeAll, expect, test } from 'vitest'
import { folderStore } from '../../../../test/support/store.ts'
import { recordset, sql, type Store } from '../index.ts'

let store: Store
let remove: () => Promise<void>
beforeAll(async () => {
  ;({ store, remove } = await folderStore())
  await store.query(sql`create table told (id integer primary key, name text)`)
})
afterAll(async () => {
  await store.close()
  await remove()
})

const kept = async () =>
  (await store.query<{ name: string; text: string }>(sql`select name, statement as text from pg_prepared_statements`)).length

test('a statement that comes again is kept, and answers for its own values', async () => {
  const before = await kept()
  const tell = (id: number) => store.query(sql`insert into told (id, name) values (${id}, ${`name ${id}`}) returning name`)
  for (const id of [1, 2, 3, 4]) expect(await tell(id)).toEqual([{ name: `name ${id}` }])
  expect((await kept()) - before).toBeGreaterThanOrEqual(1)
})

test('a table that changed its columns is answered for as it is now', async () => {
  const all = () => store.query(sql`select * from told where id = ${1}`)
  for (let time = 0; time < 3; time++) expect(await all()).toEqual([{ id: 1, name: 'name 1' }])
  await store.query(sql`alter table told add column more text default 'so'`)
  for (let time = 0; time < 3; time++) expect(await all()).toEqual([{ id: 1, name: 'name 1', more: 'so' }])
  const undone = store.transaction(async () => {
    await store.query(sql`alter table told drop column more`)
    for (let time = 0; time < 3; time++) expect(await all()).toEqual([{ id: 1, name: 'name 1' }])
    throw new Error('not after all')
  })
  await expect(undone).rejects.toThrow('not after all')
  expect(await all()).toEqual([{ id: 1, name: 'name 1', more: 'so' }])
})

test('a statement that failed works the next time, inside a transaction and after it', async () => {
  const half = (by: number) => store.query<{ half: number }>(sql`select 10 / ${by}::integer as half`)
  expect([await half(2), await half(5)]).toEqual([[{ half: 5 }], [{ half: 2 }]])
  await expect(half(0)).rejects.toThrow('division by zero')
  expect(await half(2)).toEqual([{ half: 5 }])
  await expect(store.transaction(() => half(0))).rejects.toThrow('division by zero')
  expect(await store.transaction(() => half(2))).toEqual([{ half: 5 }])
})

test('however many statements there are, some two hundred are kept', async () => {
  for (let n = 0; n < 250; n++) for (let time = 0; time < 2; time++) await store.query(sql`select ${sql.raw(String(n))} as n`)
  const now = await kept()
  expect(now).toBeGreaterThan(150)
  expect(now).toBeLessThanOrEqual(201)
})

test('a set of rows tells how many it has: three are found by an index, whatever the size of the table', async () => {
  await store.query(sql`insert into told select n, 'some' from generate_series(100, 5000) n`)
  const rows = [{ id: 101 }, { id: 102 }, { id: 103 }]
  const plan = await store.query<{ 'QUERY PLAN': string }>(
    sql`explain select t.name from ${recordset(rows, sql`id integer`)} r join told t using (id)`,
  )
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/Index Scan using told_pkey/)
  expect(await store.query(sql`select r.id from ${recordset([], sql`id integer`)} r`)).toEqual([])
})
