import { expect, test } from 'vitest'
import { serverTest, testDatabase, testStore } from '../../../../test/support/store.ts'
import { openStore, sql } from '../index.ts'

test('a server that does not answer, or refuses, is named plainly', async () => {
  await expect(openStore({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toMatchObject({
    problem: { code: 'store.unreachable', fix: expect.stringContaining('DATABASE_URL') },
  })
})

test('an address that is none is named plainly, without repeating the password in it', async () => {
  const refused = openStore({ databaseUrl: 'postgres://ada:secret@:no:port/x' })
  await expect(refused).rejects.toMatchObject({ problem: { code: 'store.bad_url' } })
  await expect(refused).rejects.not.toThrow('secret')
})

serverTest('a database that does not exist is named plainly', async () => {
  const { databaseUrl, drop } = await testDatabase({ migrated: false })
  await drop()
  await expect(openStore({ databaseUrl })).rejects.toMatchObject({ problem: { code: 'store.no_database' } })
})

serverTest('a lost connection fails what ran on it and nothing else', async () => {
  const store = await testStore()
  const other = await testStore()
  const lost = store.transaction(async () => {
    await store.query(sql`insert into setting values ('lost', '1')`)
    const [ours] = await store.query<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    await other.query(sql`select pg_terminate_backend(${ours?.pid})`)
    await store.query(sql`insert into setting values ('lost too', '1')`)
  })
  await expect(lost).rejects.toMatchObject({ problem: { code: 'store.unreachable' } })
  expect(await store.query(sql`select count(*) as n from setting`)).toEqual([{ n: 0 }])
  await store.close()
  await other.close()
})

serverTest('more callers than connections wait their turn, and a question is answered while imports fill the pool', async () => {
  const store = await testStore()
  let imports = 0
  const busy = Array.from({ length: 12 }, () =>
    store.background(async () => {
      await store.query(sql`select pg_sleep(0.1)`)
      imports += 1
    }),
  )
  expect(await store.query(sql`select 1 as answer`)).toEqual([{ answer: 1 }])
  expect(imports).toBeLessThan(12)
  await Promise.all(busy)
  await store.close()
})

serverTest('two processes see what each has committed', async () => {
  const { databaseUrl, drop } = await testDatabase()
  const [one, two] = await Promise.all([openStore({ databaseUrl }), openStore({ databaseUrl })])
  await one.query(sql`insert into setting values ('shared', '1')`)
  expect(await two.query(sql`select key from setting`)).toEqual([{ key: 'shared' }])
  await Promise.all([one.close(), two.close()])
  await drop()
})

serverTest('on a server a statement past its deadline is stopped, and the store goes on', async () => {
  const server = await testStore({ deadlineMs: 300 })
  await expect(server.query(sql`select pg_sleep(5)`)).rejects.toMatchObject({ problem: { code: 'store.deadline' } })
  await expect(
    server.transaction(async () => {
      await server.query(sql`insert into setting values ('lost', '1')`)
      await server.query(sql`select pg_sleep(5)`)
    }),
  ).rejects.toMatchObject({ problem: { code: 'store.deadline' } })
  expect(await server.query(sql`select count(*) as n from setting`)).toEqual([{ n: 0 }])
  await server.close()
})
