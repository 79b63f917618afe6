import { expect } from 'vitest'
import { embeddedTest, serverTest, testStore } from '../../../test/support/store.ts'
import { sql } from './index.ts'

embeddedTest('the embedded store looks after tables that changed, and leaves the others alone', async () => {
  const store = await testStore()
  await store.query(sql`insert into setting select 'k' || n, '1' from generate_series(1, 2000) n`)
  await store.query(sql`update setting set value = '2'`)
  const first = await store.maintain()
  expect(first.vacuumed).toContain('setting')
  expect(first.analyzed).toContain('setting')
  expect(first.analyzed).not.toContain('reject')
  expect(await store.query(sql`select reltuples::int as rows from pg_class where relname = 'setting'`)).toEqual([{ rows: 2000 }])
  const second = await store.maintain()
  expect(second.vacuumed).not.toContain('setting')
  expect(second.analyzed).not.toContain('setting')
  await store.close()
})

serverTest('on a server maintenance is left to autovacuum', async () => {
  const store = await testStore()
  expect(await store.maintain()).toEqual({ vacuumed: [], analyzed: [] })
  await store.close()
})
