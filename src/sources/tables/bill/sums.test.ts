import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTexts } from '../../ndjson/index.ts'
import { BillSums, openTable, previewOf } from '../index.ts'
import { recordsOf } from '../read/csv.ts'
import { pickedRecordsOf } from '../read/picked.ts'

// Columns of FOCUS 1.2 (https://focus.finops.org/focus-specification/v1-2/), values of our own.
const HEAD =
  'BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodEnd,ChargePeriodStart,EffectiveCost,InvoiceIssuerName,ResourceId,ServiceName,SubAccountId,Tags'
const line = (over: Partial<Record<string, string>> = {}) => {
  const row: Record<string, string> = {
    BilledCost: '0.1',
    BillingAccountId: '100',
    BillingCurrency: 'EUR',
    BillingPeriodStart: '2026-05-01T00:00:00Z',
    ChargeCategory: 'Usage',
    ChargePeriodEnd: '2026-05-04T13:00:00Z',
    ChargePeriodStart: '2026-05-04T12:00:00Z',
    EffectiveCost: '0.2',
    InvoiceIssuerName: 'Cloud',
    ResourceId: 'vm-1',
    ServiceName: 'Compute',
    SubAccountId: 'acct-1',
    Tags: '{"app": "shop", "Name": "machine-1"}',
    ...over,
  }
  return HEAD.split(',')
    .map((name) => (/[",\n]/.test(row[name]!) ? `"${row[name]!.replaceAll('"', '""')}"` : row[name]!))
    .join(',')
}

async function billOf(lines: readonly string[], keep?: string[]) {
  const bytes = [Buffer.from([HEAD, ...lines].join('\n'))]
  const { mapping } = await previewOf(await openTable(bytes, { jsonTexts: readTexts }), { file: 'bill.csv' })
  if (keep) mapping.fields.resource = { ...mapping.fields.resource, keep }
  const table = await openTable(bytes, { jsonTexts: readTexts, only: Object.values(mapping.fields).flatMap(({ column }) => column ?? []) })
  const sums = new BillSums(mapping, table.columns)
  const problems = []
  for await (const items of table.items) for (const item of items) problems.push(...[sums.add(item) ?? []].flat())
  return { records: [...sums.records()], problems, mapping }
}

test('lines of one cost are one record a day, added up exactly; tags that tell machines apart are not kept', async () => {
  const hours = Array.from({ length: 24 }, (_, hour) => {
    const at = (n: number) => new Date(Date.UTC(2026, 4, 4, n)).toISOString().replace('.000Z', 'Z')
    return line({ ChargePeriodStart: at(hour), ChargePeriodEnd: at(hour + 1), Tags: `{"App": "shop", "Name": "machine-${hour}"}` })
  })
  const { records, problems } = await billOf(hours)
  expect(problems).toEqual([])
  expect(records).toMatchObject([
    {
      kind: 'cost',
      source: 'focus',
      subject: 'resource:default/acct-1',
      bill: 'Cloud 100 2026-05',
      from: '2026-05-04T00:00:00.000Z',
      billed: '2.4',
      effective: '4.8',
      lines: 24,
      tags: { app: 'shop' },
    },
  ])
  expect(records[0]).not.toHaveProperty('until')
  expect(records[0]).not.toHaveProperty('resource')
})

test('currencies, customers, services and longer charge periods stay apart; an amount that is missing is not nothing', async () => {
  const { records } = await billOf([
    line(),
    line({ BillingCurrency: 'USD' }),
    line({ Tags: '{"app": "shop", "customer": "acme"}' }),
    line({ ServiceName: 'Storage' }),
    line({ EffectiveCost: '' }),
    line({ ChargeCategory: 'Tax', ChargePeriodStart: '2026-05-01T00:00:00Z', ChargePeriodEnd: '2026-06-01T00:00:00Z', SubAccountId: '' }),
  ])
  expect(records).toHaveLength(6)
  expect(records[4]).not.toHaveProperty('effective')
  expect(records[5]).toMatchObject({ subject: 'resource:default/100', until: '2026-06-01T00:00:00.000Z', from: '2026-05-01T00:00:00.000Z' })
})

test('a bill of FOCUS 1.3 without sub accounts has its provider by the new name; NULL says nothing', async () => {
  const bytes = [
    Buffer.from(
      'BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodEnd,ChargePeriodStart,EffectiveCost,ServiceName,ServiceProviderName\n' +
        '500.00,acct-7,USD,2026-05-01T00:00:00Z,Usage,2026-06-01T00:00:00Z,2026-05-01T00:00:00Z,NULL,NULL,Models\n' +
        '-20,acct-7,USD,2026-05-01 00:00:00,Credit,2026-05-05 00:00:00,2026-05-04 00:00:00,-20,Tokens,Models\n',
    ),
  ]
  const { mapping, rows } = await previewOf(await openTable(bytes, { jsonTexts: readTexts }), { file: 'bill.csv' })
  expect(mapping.source).toBe('focus')
  expect(rows.map(({ record }) => record)).toMatchObject([
    { subject: 'resource:default/acct-7', bill: 'Models acct-7 2026-05', billed: '500' },
    {
      subject: 'resource:default/acct-7',
      bill: 'Models acct-7 2026-05',
      from: '2026-05-04T00:00:00.000Z',
      billed: '-20',
      service: 'Tokens',
    },
  ])
  for (const field of ['effective', 'service']) expect(rows[0]!.record).not.toHaveProperty(field)
})

test('resources are kept where somebody claims them', async () => {
  const { records } = await billOf([line(), line({ ResourceId: 'vm-2' }), line({ ResourceId: 'vm-3' })], ['VM-2'])
  expect(records.map(({ resource, lines }) => [resource, lines])).toEqual([
    [undefined, 2],
    ['vm-2', 1],
  ])
})

test('what cannot be read is told with its line, column and what would do', async () => {
  const { problems, records } = await billOf([
    line({ BilledCost: '12 apples' }),
    line({ BillingCurrency: 'Euro' }),
    line({ ChargePeriodStart: 'May' }),
    line({ Tags: '{"app":' }),
    line(),
  ])
  expect(problems.map(({ line: at, path }) => [at, path])).toEqual([
    [2, 'BilledCost'],
    [3, 'BillingCurrency'],
    [4, 'ChargePeriodStart'],
    [5, 'Tags'],
  ])
  for (const problem of problems) expect(problem.fix).toMatch(/\S/)
  expect(records).toHaveLength(1)
})

test('a table of costs that is not FOCUS is recognised by its columns', async () => {
  const text =
    'Date;Account;Product;Cost;Currency;Cost center\n04.05.2026;acct-1;Compute;"1.234,50";EUR;shop\n13.05.2026;acct-1;Storage;"0,10";EUR;shop\n'
  const preview = await previewOf(await openTable([Buffer.from(text)], { jsonTexts: readTexts }), {
    file: 'cloud bill 2026-05.csv',
    kind: 'cost',
    zone: 'UTC',
  })
  expect(preview.undecided).toEqual([])
  expect(preview.rows.map(({ record }) => record)).toMatchObject([
    {
      subject: 'resource:default/acct-1',
      billed: '1234.5',
      currency: 'EUR',
      service: 'Compute',
      bill: 'cloud-bill 2026-05',
      from: '2026-05-04T00:00:00.000Z',
    },
    { billed: '0.1' },
  ])
})

test('stepping over columns reads the same rows as cutting them all, wherever chunks end', async () => {
  const cell = fc.oneof(
    fc.constantFrom('', 'a', 'ä€', '"q""q"', '"a,b"', '"line\nend"', '"cr\r\nlf"', 'x"y'),
    fc.string({ maxLength: 4 }).map((text) => text.replace(/[",\r\n\0]/g, '')),
  )
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.integer({ min: 1, max: 9 }),
      async (table, end, isEnded, size) => {
        const bytes = Buffer.from(table.map((row) => row.join(',')).join(end) + (isEnded ? end : ''))
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size))
        const [all, picked] = [[], []] as [unknown[], unknown[]]
        for await (const list of recordsOf(chunks, { delimiter: ',' })) all.push(...list)
        for await (const list of pickedRecordsOf(chunks, { delimiter: ',', isWanted: () => true })) picked.push(...list)
        expect(picked).toEqual(all)
      },
    ),
    { numRuns: 300 },
  )
})

test('a quote that is never closed ends the bill, by the line it was opened on', async () => {
  const plain = line({ Tags: 'app=shop' })
  const { problems } = await billOf([plain, plain.replace('Compute', '"Compute'), plain])
  expect(problems).toMatchObject([{ code: 'table.open_quote', line: 3 }])
})
