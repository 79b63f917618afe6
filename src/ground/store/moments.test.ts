import { afterAll, beforeAll, expect, test } from 'vitest'
import { serverTest, testDatabase, testStore } from '../../../test/support/store.ts'
import { createMoments, type Moments, openStore, type Store } from './index.ts'

let store: Store
let moments: Moments
const NOW = Date.parse('2026-05-04T09:00:00Z')

beforeAll(async () => {
  store = await testStore()
  moments = createMoments({ store, clock: () => NOW })
})
afterAll(() => store.close())

test('what is learned after a moment was told is learned later, also in the same millisecond', async () => {
  const told = await moments.present()
  expect(await store.transaction(() => moments.learn())).toBeGreaterThan(told)
})

test('the present answers for a moment until something is learned, then what was known does', async () => {
  const moment = await moments.present()
  const asked: (number | null)[] = []
  const ask = (asOf: number | null) => {
    asked.push(asOf)
    return Promise.resolve(asOf)
  }
  expect(await moments.read(moment, ask)).toBeNull()
  await store.transaction(() => moments.learn())
  expect(await moments.read(moment, ask)).toBe(moment)
  expect(await moments.read(await moments.present(), ask)).toBeNull()
  expect(asked).toEqual([null, moment, null])
})

test('an answer during which something was learned is asked for again as of its moment', async () => {
  const moment = await moments.present()
  const answers = await moments.read(moment, async (asOf) => {
    if (asOf === null) await store.transaction(() => moments.learn())
    return asOf
  })
  expect(answers).toBe(moment)
})

serverTest('while another process writes, the moment told lies before what is being written', async () => {
  const { databaseUrl, drop } = await testDatabase()
  const [writing, telling] = await Promise.all([openStore({ databaseUrl }), openStore({ databaseUrl })])
  let now = NOW
  const told = createMoments({ store: telling, clock: () => now })
  await told.present()
  now += 600
  const { learned, later } = await writing.transaction(async () => {
    const moment = await createMoments({ store: writing, clock: () => NOW + 500 }).learn()
    expect(await told.present()).toBeLessThan(moment)
    now += 60_000
    // That would be long ago: it waits.
    return { learned: moment, later: [told.present()] }
  })
  expect(await later[0]).toBeGreaterThanOrEqual(learned)
  expect(await told.present()).toBeGreaterThanOrEqual(learned)
  await writing.close()
  await telling.close()
  await drop()
})
