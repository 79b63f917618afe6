import { afterAll, beforeAll, expect, test } from 'vitest'
import { folderStore } from '../../../../test/support/store.ts'
import { sql, type Store } from '../index.ts'

let store: Store
let remove: () => Promise<void>
beforeAll(async () => {
  // Long enough for the short statements of a test on a busy machine, too.
  ;({ store, remove } = await folderStore({ deadlineMs: 3000 }))
})
afterAll(async () => {
  await store.close()
  await remove()
})

const endless = () => store.query(sql`select count(*) from generate_series(1, 1000000000) n`)

test('a statement past its deadline is stopped; whoever waited is served by a new worker, and nothing kept is lost', async () => {
  await store.query(sql`insert into setting values ('kept', '1')`)
  const stopped = endless().catch((error: unknown) => error)
  const waiting = store.query(sql`select key from setting`)
  expect(await stopped).toMatchObject({ problem: { code: 'store.deadline' }, message: expect.stringContaining('3 s') })
  expect(await waiting).toEqual([{ key: 'kept' }])
})

test('a transaction that lost its worker is refused to its end and keeps nothing', async () => {
  const lost: unknown[] = []
  const transaction = store.transaction(async () => {
    await store.query(sql`insert into setting values ('lost', '1')`)
    await endless().catch((error: unknown) => lost.push(error))
    await store.query(sql`insert into setting values ('lost too', '1')`).catch((error: unknown) => lost.push(error))
  })
  await expect(transaction).rejects.toMatchObject({ problem: { code: 'store.restarted' } })
  expect(lost).toMatchObject([{ problem: { code: 'store.deadline' } }, { problem: { code: 'store.restarted' } }])
  expect(await store.query(sql`select key from setting where key like 'lost%'`)).toEqual([])
  await store.transaction(() => store.query(sql`insert into setting values ('after', '1')`))
  expect(await store.query(sql`select key from setting where key = 'after'`)).toHaveLength(1)
})
