import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { sql, type Store } from './index.ts'

let store: Store
beforeAll(async () => {
  store = await testStore({ deadlineMs: 1500 })
})
beforeEach(() => store.query(sql`delete from setting`))
afterAll(() => store.close())

const write = (key: string) => store.query(sql`insert into setting values (${key}, '1')`)
const keys = async () => (await store.query<{ key: string }>(sql`select key from setting order by key`)).map(({ key }) => key)
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

test('a transaction keeps all of its work or none of it', async () => {
  await store.transaction(async () => {
    await write('a')
    await write('b')
  })
  await expect(
    store.transaction(async () => {
      await write('c')
      throw new Error('changed our mind')
    }),
  ).rejects.toThrow('changed our mind')
  expect(await keys()).toEqual(['a', 'b'])
})

test('code that knows only the root handle finds the open transaction, however deep, and waits for nobody', async () => {
  const deep = async () => {
    await pause(1)
    await Promise.all([write('x'), write('y')])
    return keys()
  }
  await expect(
    store.transaction(async () => {
      await write('w')
      expect(await deep()).toEqual(['w', 'x', 'y'])
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  expect(await keys()).toEqual([])
})

test('a transaction inside another joins it, on the background lane too', async () => {
  await expect(
    store.transaction(async () => {
      await store.transaction(() => write('inner'))
      await store.background(() => store.transaction(() => write('quiet')))
      throw new Error('the outer one failed')
    }),
  ).rejects.toThrow('the outer one failed')
  expect(await keys()).toEqual([])
})

test('a joined part that failed takes the whole with it, even when the failure was swallowed', async () => {
  await expect(
    store.transaction(async () => {
      await write('outer')
      await store
        .transaction(async () => {
          await write('half')
          throw new Error('broke half way')
        })
        .catch(() => undefined)
    }),
  ).rejects.toThrow('a part of it failed')
  await expect(
    store.transaction(async () => {
      await write('outer')
      await store.query(sql`select 1 / 0`).catch(() => undefined)
    }),
  ).rejects.toThrow('a statement in it failed')
  expect(await keys()).toEqual([])
})

test('what others do meanwhile is not part of a transaction', async () => {
  let done = false
  const ours = store
    .transaction(async () => {
      await write('ours')
      await pause(50)
      await write('ours too')
      done = true
      throw new Error('rolled back')
    })
    .catch((error: unknown) => error)
  await pause(10)
  await write('theirs')
  if (store.mode === 'embedded') expect(done).toBe(true) // one connection: theirs had to wait
  expect(await ours).toMatchObject({ message: 'rolled back' })
  expect(await keys()).toEqual(['theirs'])
})

test('a call that was not awaited inside its transaction is refused, not run outside of it', async () => {
  let late: Promise<unknown> = Promise.resolve()
  await store.transaction(async () => {
    await write('in time')
    late = pause(20).then(() => write('too late'))
  })
  await expect(late).rejects.toThrow('await every call')
  expect(await keys()).toEqual(['in time'])
})

test('a load that was not awaited inside its transaction cannot disturb who comes next', async () => {
  const rows = function* () {
    for (let n = 0; n < 60_000; n++) yield [`key ${n}`, `"${'x'.repeat(100)}"`]
  }
  let late: Promise<unknown> = Promise.resolve()
  await store
    .transaction(async () => {
      late = store.copy('setting', { key: 'text', value: 'jsonb' }, rows()).catch((error: unknown) => error)
      await pause(5)
    })
    .catch(() => undefined)
  for (let n = 0; n < 50; n++) expect(await store.query(sql`select ${n}::int as n`)).toEqual([{ n }])
  const outcome = await late
  const [found] = await store.query<{ n: number }>(sql`select count(*) as n from setting`)
  expect(found!.n).toBe(outcome === undefined ? 60_000 : 0)
  await store.query(sql`delete from setting`)
})

test('a transaction that waits for something other than the store is given up, and the store goes on', async () => {
  const stuck = store.transaction(async () => {
    await write('stuck')
    await pause(1800)
    await write('still stuck')
  })
  await expect(stuck).rejects.toMatchObject({ problem: { code: 'store.transaction_idle' } })
  expect(await keys()).toEqual([])
})

test('many transactions at once each keep their own work', async () => {
  await store.query(sql`insert into setting values ('count', '0')`)
  await Promise.all(
    Array.from({ length: 50 }, () =>
      store.transaction(async () => {
        const [row] = await store.query<{ value: number }>(sql`select value from setting where key = 'count' for update`)
        await store.query(sql`update setting set value = ${JSON.stringify(row!.value + 1)}::jsonb where key = 'count'`)
      }),
    ),
  )
  expect(await store.query(sql`select value from setting`)).toEqual([{ value: 50 }])
})
