import { expect, test } from 'vitest'
import type { Evidence } from '../../../ground/ledger/index.ts'
import { Delivery } from './deliver.ts'
import type { ScanSink } from './report.ts'

const record = (id: number): Evidence => ({
  kind: 'event',
  source: 'git',
  id: String(id),
  subject: 'repository:default/x',
  at: '2026-01-01T00:00:00.000Z',
  type: 'x',
  data: null,
})

function sinkOf(append: ScanSink['append']): ScanSink {
  return { append, retract: async () => {}, entities: async () => {}, saveCursor: async () => {} }
}

test('batches arrive one after the other, complete and in order', async () => {
  const taken: string[][] = []
  let busy = 0
  const delivery = new Delivery(
    sinkOf(async (records) => {
      expect(++busy).toBe(1)
      await new Promise((resolve) => setImmediate(resolve))
      taken.push(records.map(({ id }) => id))
      busy--
    }),
  )
  for (let id = 0; id < 2_500; id++) await delivery.add(record(id), 10)
  await delivery.finish()
  expect(taken.map((batch) => batch.length)).toEqual([1_000, 1_000, 500])
  expect(taken.flat()).toEqual(Array.from({ length: 2_500 }, (_, id) => String(id)))
})

test('whoever produces faster than the sink takes is held back', async () => {
  let taken = 0
  let release = () => {}
  const gate = new Promise<void>((resolve) => (release = resolve))
  const delivery = new Delivery(sinkOf(async () => void (await gate, taken++)))
  let produced = 0
  const producing = (async () => {
    for (let id = 0; id < 50; id++) {
      await delivery.add(record(id), 3_000_000) // each fills a batch
      produced++
    }
  })()
  await new Promise((resolve) => setImmediate(resolve))
  expect([produced, taken]).toEqual([2, 0])
  release()
  await producing
  await delivery.finish()
  expect(taken).toBe(50)
})

test('a sink that fails ends the delivery, and gets nothing more', async () => {
  let calls = 0
  const delivery = new Delivery(
    sinkOf(async () => {
      calls++
      throw new Error('full')
    }),
  )
  await expect(
    (async () => {
      for (let id = 0; id < 10; id++) await delivery.add(record(id), 3_000_000)
    })(),
  ).rejects.toThrow('full')
  await expect(delivery.finish()).rejects.toThrow('full')
  expect(calls).toBe(1)
})
