import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { deliveryOperations, DeliveryView, installDelivery } from './index.ts'
import { day, RECORDS, SHOP } from './scenario.test-data.ts'

const overview = deliveryOperations.find(({ id }) => id === 'delivery.overview')!

let ground: TestGround
beforeAll(async () => {
  ground = await testGround({ now: Date.parse(day(29)), install: [installDelivery] })
  await ground.ledger.append(RECORDS, { by: 'user:default/me' })
})
afterAll(() => ground.store.close())

async function asked(query: Record<string, string>): Promise<DeliveryView> {
  const ask = overview.input.parse(query)
  return DeliveryView.parse(await overview.run(ask as never, { ...ground, caller: { person: 'user:default/me', scopes: ['read'] } }))
}

test('the first line answers the question in a sentence', async () => {
  const { headline } = await asked({ subject: SHOP })
  expect(headline).toBe('Half of the changes reach users within 13 h (n = 6). Something new is deployed 1.8 a week. 42.9 % of it failed.')
})

test('the five stand in their order, each with its series by week', async () => {
  const { measures } = await asked({ subject: SHOP, from: '2026-05-01', to: '2026-05-29' })
  expect(measures.map(({ title, reading }) => [title, reading.n])).toEqual([
    ['Change lead time', 6],
    ['Deployment frequency', 7],
    ['Change failure rate', 7],
    ['Failed deployment recovery time', 3],
    ['Rework rate', 7],
  ])
  expect(measures[1]!.series.map(({ n }) => n)).toEqual([1, 4, 1, 1, 0])
})

test('lead times are shown as spread, and every change is in one bin', async () => {
  const { distribution } = await asked({ subject: SHOP })
  // Three of 1 h, then 24 h, 25 h and 51 h.
  expect(distribution.filter(({ count }) => count > 0)).toEqual([
    { from: 3_600, to: 14_400, count: 3 },
    { from: 86_400, to: 172_800, count: 2 },
    { from: 172_800, to: 345_600, count: 1 },
  ])
})

test('the biggest wait is named with its part of the way', async () => {
  // Waiting for review 6 + 16 = 22 h, review 18 + 1 = 19 h, waiting for deployment 2 + ½ + 1 + ½ + 1 + 24 = 29 h; coding 25 + ½ + 7 + ½ = 33 h.
  const { biggestWait, stages } = await asked({ subject: SHOP })
  expect(biggestWait).toMatchObject({ stage: 'waiting_for_deployment', n: 6 })
  expect(biggestWait!.share).toBeCloseTo(29 / 103, 6)
  expect(biggestWait!.sentence).toBe(
    'Waiting for deployment takes 28 % of the way to users: half of the changes need 60 min or more (n = 6).',
  )
  expect(stages.map(({ title, share }) => [title, Math.round(share! * 103)])).toEqual([
    ['Coding', 33],
    ['Waiting for review', 22],
    ['Review', 19],
    ['Waiting for deployment', 29],
  ])
})

test('a subject nobody knows is answered with reasons', async () => {
  const view = await asked({ subject: 'component:default/nowhere' })
  expect(view.headline).toMatch(/^Lead time is unknown: /)
  expect(view.biggestWait).toBeNull()
  expect(view.measures.every(({ reading }) => reading.value === null && reading.unknown)).toBe(true)
})
