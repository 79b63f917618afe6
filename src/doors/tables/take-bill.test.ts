import { afterAll, beforeAll, expect, test } from 'vitest'
import { testGround, type TestGround } from '../../../test/support/ground.ts'
import { DAY } from '../../ground/core/index.ts'
import { installCost } from '../../houses/cost/index.ts'
import { readTexts } from '../../sources/ndjson/index.ts'
import { openTable, previewOf } from '../../sources/tables/index.ts'
import { tableSinkOf } from './ground-sink.ts'
import { columnsOf } from './import-table.ts'
import { keepingClaimed, takeBill } from './take-bill.ts'

const NOW = Date.parse('2026-06-10T12:00:00Z')
const MAY = { from: Date.parse('2026-05-01'), to: Date.parse('2026-06-01') }
let ground: TestGround
beforeAll(async () => void (ground = await testGround({ now: NOW, install: [installCost] })))
afterAll(() => ground.store.close())

// Columns of FOCUS 1.2 (https://focus.finops.org/focus-specification/v1-2/), values of our own.
const HEAD =
  'BillingAccountId,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart,BilledCost,EffectiveCost,InvoiceIssuerName,ServiceName,SubAccountId\n'
const row = (day: number, amount: string, service = 'Compute') =>
  `100,EUR,2026-05-01T00:00:00Z,Usage,2026-05-${String(day).padStart(2, '0')}T00:00:00Z,${amount},${amount},Cloud,${service},acct-1\n`
const month = (amount: (day: number) => string) => Array.from({ length: 31 }, (_, n) => row(n + 1, amount(n + 1))).join('')

async function take(rows: string, how: { part?: boolean; replace?: boolean } = {}) {
  const bytes = [Buffer.from(HEAD + rows)]
  const { mapping } = await previewOf(await openTable(bytes, { jsonTexts: readTexts }), { file: 'bill.csv' })
  const sink = tableSinkOf(ground, 'user:default/test')
  const table = await openTable(bytes, { jsonTexts: readTexts, only: columnsOf(mapping) })
  const { accepted, revised, duplicates, rejected, bills, problems } = await takeBill(table, keepingClaimed(mapping, await sink.words()), {
    label: 'bill.csv',
    part: false,
    replace: false,
    ...how,
    sink,
  })
  return { counts: [accepted, revised, duplicates, rejected], bills, problems }
}
const total = async (asOf?: number) => {
  const { value, n } = await ground.measures.read({ measure: 'cost.billed', ...MAY, ...(asOf ? { asOf } : {}) })
  return [value, n]
}

test('a bill told again changes nothing; corrected it is revised, and what it does not hold any more is gone', async () => {
  expect(await take(month(() => '0.1'))).toMatchObject({
    counts: [31, 0, 0, 0],
    bills: [{ bill: 'Cloud 100 2026-05', lines: 31, costs: 31, gone: 0, sums: [{ currency: 'EUR', billed: '3.1', effective: '3.1' }] }],
  })
  expect(await total()).toEqual([3.1, 31])
  expect((await take(month(() => '0.10'))).counts).toEqual([0, 0, 31, 0])
  const before = ground.clock()
  ground.setNow(NOW + DAY)
  // The first ten days cost more, the last day is not billed after all, a service comes to it.
  const corrected = Array.from({ length: 30 }, (_, n) => row(n + 1, n < 10 ? '0.2' : '0.1')).join('') + row(3, '5', 'Support')
  expect(await take(corrected)).toMatchObject({ counts: [1, 10, 20, 0], bills: [{ gone: 1, sums: [{ billed: '9' }] }] })
  expect(await total()).toEqual([9, 31])
  expect(await total(before)).toEqual([3.1, 31])
  // The first version once more is what stands then: bills are told in the order they are told.
  ground.setNow(NOW + 2 * DAY)
  expect(await take(month(() => '0.1'))).toMatchObject({ bills: [{ gone: 1 }] })
  expect(await total()).toEqual([3.1, 31])
  ground.setNow(NOW + 3 * DAY)
  expect((await take(month(() => '0.1'))).counts).toEqual([0, 0, 31, 0])
})

test('a file that lacks most of what was known is refused unless it is a part, or right', async () => {
  await expect(take(row(1, '0.1'))).rejects.toMatchObject({
    problem: { code: 'bill.much_is_gone', fix: expect.stringContaining('--part') },
  })
  expect(await total()).toEqual([3.1, 31])
  expect(await take(row(1, '0.3'), { part: true })).toMatchObject({ counts: [0, 1, 0, 0], bills: [{ gone: 0 }] })
  expect(await total()).toEqual([3.3, 31])
  ground.setNow(NOW + 4 * DAY)
  expect(await take(row(1, '0.3'), { replace: true })).toMatchObject({ bills: [{ gone: 30 }] })
  expect(await total()).toEqual([0.3, 1])
})

test('a bill with a line that cannot be read is not taken at all', async () => {
  const told = await take(row(2, '1') + row(3, 'one') + row(4, '1'))
  expect(told).toMatchObject({ counts: [0, 0, 0, 1], bills: [], problems: [{ line: 3, path: 'BilledCost', file: 'bill.csv' }] })
  expect(await total()).toEqual([0.3, 1])
})
