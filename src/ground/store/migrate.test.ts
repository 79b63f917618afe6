import { expect, test } from 'vitest'
import { dataFolder, onServer, serverTest, testDatabase } from '../../../test/support/store.ts'
import { withLease } from './engine.ts'
import { openStore, sql, type StoreOptions } from './index.ts'
import { migrate } from './migrate.ts'
import { readMigrations } from './migrations.ts'
import { openEngine } from './open.ts'

/** A store that can be opened several times, on the kind of database the tests run on. */
async function reopenable({ migrated = true } = {}): Promise<{ options: StoreOptions; remove: () => Promise<void> }> {
  if (onServer) {
    const { databaseUrl, drop } = await testDatabase({ migrated })
    return { options: { databaseUrl }, remove: drop }
  }
  const { folder, remove } = await dataFolder()
  return { options: { folder }, remove }
}

test('a store written by a newer version is refused: what, why, what to do', async () => {
  const { options, remove } = await reopenable()
  const store = await openStore(options)
  await store.query(sql`insert into store_migration (name, hash) values ('9999_from_the_future', 'x')`)
  await store.close()
  await expect(openStore(options)).rejects.toMatchObject({
    problem: {
      code: 'store.newer',
      message: expect.stringContaining('9999_from_the_future'),
      fix: expect.stringContaining('newer version'),
    },
  })
  await remove()
})

test('a migration that was edited after it ran is noticed', async () => {
  const { options, remove } = await reopenable()
  const store = await openStore(options)
  await store.query(sql`update store_migration set hash = 'edited' where name = '0001_ledger'`)
  await store.close()
  await expect(openStore(options)).rejects.toMatchObject({
    problem: { code: 'store.migration_edited', message: expect.stringContaining('0001_ledger') },
  })
  await remove()
})

test('a migration that fails keeps nothing of itself, and those before it stay', async () => {
  const { options, remove } = await reopenable()
  const known = await readMigrations()
  const good = { name: '9001_good', text: 'create table good (n integer); insert into good values (1);', hash: 'good' }
  const bad = { name: '9002_bad', text: 'create table bad (n integer); select 1 / 0;', hash: 'bad' }
  const engine = await openEngine(options)
  await expect(withLease(engine, 'interactive', (lease) => migrate(lease, engine.mode, [...known, good, bad]))).rejects.toMatchObject({
    code: '22012',
  })
  await withLease(engine, 'interactive', async (lease) => {
    expect((await lease.run(`select name from store_migration where name > '9'`)).rows).toEqual([{ name: '9001_good' }])
    expect((await lease.run(`select to_regclass('good') is not null as good, to_regclass('bad') is not null as bad`)).rows).toEqual([
      { good: true, bad: false },
    ])
    await migrate(lease, engine.mode, [...known, good, { ...bad, text: 'create table bad (n integer)' }])
    expect((await lease.run(`select to_regclass('bad') is not null as bad`)).rows).toEqual([{ bad: true }])
  })
  await engine.close()
  await remove()
})

serverTest('several processes that start at once on a new database migrate it once', async () => {
  const { options, remove } = await reopenable({ migrated: false })
  const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(options)))
  const [row] = await stores[0]!.query<{ applied: number }>(sql`select count(*) as applied from store_migration`)
  expect(row!.applied).toBe((await readMigrations()).length)
  await Promise.all(stores.map((store) => store.close()))
  await remove()
})
