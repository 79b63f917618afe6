import { expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { sql } from './index.ts'
import { Lanes } from './lanes.ts'

test('interactive work goes first, and within a lane whoever came first', async () => {
  const lanes = new Lanes(1)
  const served: string[] = []
  const leave = await lanes.enter('interactive')
  const work = (['background', 'interactive', 'background', 'interactive'] as const).map(async (lane, i) => {
    const done = await lanes.enter(lane)
    served.push(`${lane} ${i}`)
    done()
    done() // giving back twice changes nothing
  })
  expect(lanes.waiting()).toEqual({ interactive: 2, background: 2 })
  leave()
  await Promise.all(work)
  expect(served).toEqual(['interactive 1', 'interactive 3', 'background 0', 'background 2'])
})

test('who asks again at once goes before background work that waits, and background work gets its turn all the same', async () => {
  const lanes = new Lanes(1)
  const served: string[] = []
  const leave = await lanes.enter('interactive')
  const background = lanes.enter('background').then((done) => {
    served.push('background')
    done()
  })
  leave()
  for (let statement = 0; statement < 3; statement++) {
    await Promise.resolve()
    const done = await lanes.enter('interactive')
    served.push(`statement ${statement}`)
    done()
  }
  await background
  expect(served).toEqual(['statement 0', 'statement 1', 'statement 2', 'background'])
})

test('somebody who asks without end does not keep background work waiting for ever', async () => {
  const lanes = new Lanes(1)
  let served = false
  const background = lanes.enter('background').then((leave) => leave())
  const waiting = lanes.enter('background').then((leave) => {
    served = true
    leave()
  })
  await background
  while (!served) {
    const leave = await lanes.enter('interactive')
    await new Promise((resolve) => setTimeout(resolve, 1))
    leave()
  }
  await waiting
  expect(lanes.waiting()).toEqual({ interactive: 0, background: 0 })
})

test('background work never takes the places kept for interactive work', async () => {
  const lanes = new Lanes(3, 1)
  const first = await lanes.enter('background')
  let second = false
  const waiting = lanes.enter('background').then((leave) => {
    second = true
    return leave
  })
  ;(await lanes.enter('interactive'))()
  expect(second).toBe(false)
  first()
  ;(await waiting)()
  expect(lanes.waiting()).toEqual({ interactive: 0, background: 0 })
})

test('a question asked while an import runs is answered between two of its steps', async () => {
  const store = await testStore()
  const order: string[] = []
  await store.background(async () => {
    for (let step = 0; step < 3; step++) {
      await store.transaction(() => store.query(sql`select pg_sleep(0.02)`))
      order.push(`step ${step}`)
      if (step === 0) setImmediate(() => void store.query(sql`select 1`).then(() => order.push('answer')))
      await new Promise((resolve) => setImmediate(resolve))
    }
  })
  await store.close()
  expect(order.indexOf('answer')).toBeGreaterThan(0)
  expect(order.indexOf('answer')).toBeLessThan(3)
})
