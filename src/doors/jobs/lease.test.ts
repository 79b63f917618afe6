import { afterAll, beforeAll, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { sql, type Store } from '../../ground/store/index.ts'
import { giveBackLeases, withLease } from './lease.ts'

let store: Store
beforeAll(async () => {
  store = await testStore()
})
afterAll(() => store.close())

test('while one process works, another that comes to the same work leaves it', async () => {
  const done: string[] = []
  let release = () => {}
  const working = withLease({ store }, 'watches', 60, async () => {
    await new Promise<void>((resolve) => (release = resolve))
    done.push('first')
  })
  await expect.poll(async () => (await store.query(sql`select key from setting where key = 'lease:watches'`)).length).toBe(1)
  await withLease({ store }, 'watches', 60, async () => void done.push('second'))
  release()
  await working
  expect(done).toEqual(['first'])
})

test('the next turn runs again, also after work that failed', async () => {
  const done: string[] = []
  await expect(withLease({ store }, 'failing', 60, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await withLease({ store }, 'failing', 60, async () => void done.push('again'))
  expect(done).toEqual(['again'])
})

test('a lease left behind by a process that died ends by itself', async () => {
  await store.query(
    sql`insert into setting (key, value) values ('lease:dead', jsonb_build_object('holder', 'gone', 'until', now() - interval '1 second'))`,
  )
  const done: string[] = []
  await withLease({ store }, 'dead', 60, async () => void done.push('taken over'))
  expect(done).toEqual(['taken over'])
})

test('a lease taken while the clock was years ahead does not stop the work until then', async () => {
  await store.query(
    sql`insert into setting (key, value) values ('lease:ahead', jsonb_build_object('holder', 'gone', 'until', now() + interval '50 years'))`,
  )
  const done: string[] = []
  await withLease({ store }, 'ahead', 60, async () => void done.push('taken over'))
  expect(done).toEqual(['taken over'])
})

test('in a data folder of our own, what a killed process held is free at the next start', async () => {
  await store.query(
    sql`insert into setting (key, value) values ('lease:killed', jsonb_build_object('holder', 'gone', 'until', now() + interval '30 seconds'))`,
  )
  await giveBackLeases({ store })
  const done: string[] = []
  await withLease({ store }, 'killed', 60, async () => void done.push('worked'))
  expect(done).toEqual(store.mode === 'embedded' ? ['worked'] : [])
})
