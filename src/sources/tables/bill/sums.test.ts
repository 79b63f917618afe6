import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTexts } from '../../ndjson/index.ts'
import { BillSums, openTable, previewOf } from '../index.ts'
import { recordsOf } from '../read/csv.ts'
import { keptAsWritten, readTags } from '../mapping/tags.ts'
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

const read = async (reader: AsyncIterable<unknown[]>) => {
  const rows = []
  for await (const list of reader) rows.push(...list)
  return rows as { line: number; cells?: string[]; problem?: { code: string } }[]
}

test('stepping over columns reads the same rows as cutting them all, wherever chunks end', async () => {
  const said = [
    '', 'a', 'ä€', '𝄞', '"q""q"', '"a,b;c\td"', '"line\nend"', '"cr\r\nlf"', '"cr\ralone"', 'x"y', '"a"b', '""b"', '"a""b"c', '"""', '" ', '\0',
    'long '.repeat(40), `"${'l""ong, '.repeat(30)}"`, `"${'""'.repeat(2_100)}é"`,
  ] // prettier-ignore
  const cell = fc.oneof(fc.constantFrom(...said), fc.string({ unit: fc.constantFrom(...'a€"\n\r,;\t '), maxLength: 5 }))
  const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom(',', ';', '\t'),
      fc.boolean(),
      fc.integer({ min: 1, max: 40 }),
      fc.nat({ max: 15 }),
      async (table, end, delimiter, isEnded, size, wish) => {
        const bytes = Buffer.from(table.map((row) => row.join(delimiter)).join(end) + (isEnded ? end : ''))
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size))
        const all = await read(recordsOf([bytes], { delimiter }))
        const open = all.findIndex(({ problem }) => problem)
        // What comes before a quote that is never closed is not held against csv-parse: it gives up some of it.
        const sound = open === -1 ? all : []
        let asked = 0
        const wanted: boolean[] = []
        const isWanted = () => (wanted[asked] = ((wish >> asked++) & 1) === 1)
        const picked = await read(pickedRecordsOf(chunks, { delimiter, isWanted }))
        if (open !== -1) expect(picked.at(-1)?.problem?.code).toBe(all[open]!.problem!.code)
        else
          expect(picked).toEqual(
            sound.map(({ line, cells }, row) => ({
              line,
              cells: cells!.map((one, place) => (row > 0 && wanted[place] === false ? '' : one)),
            })),
          )
      },
    ),
    { numRuns: 600 },
  )
})

test('a row that is longer than a chunk, and one that says what the row before said in other quotes, come as they are', async () => {
  const long = `"${'ü""'.repeat(100_000)}"`
  const bytes = Buffer.from(`a,b,c\n1,${long},x\n"1",2,"x"\n1,"2","x"\n1,2,"x""x"\n1,2,x""x\n`)
  for (const size of [64 * 1024, bytes.length]) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size))
    const picked = await read(pickedRecordsOf(chunks, { delimiter: ',', isWanted: (name) => name !== 'b' }))
    expect(picked.map(({ cells }) => cells)).toEqual([
      ['a', 'b', 'c'],
      ['1', '', 'x'],
      ['1', '', 'x'],
      ['1', '', 'x'],
      ['1', '', 'x"x'],
      ['1', '', 'x""x'],
    ])
  }
})

test('of tags, what is left after those that are not kept reads as all of them did', () => {
  const keep = new Set(['app', 'env'])
  const name = fc.constantFrom('app', ' App', 'env', 'ENV', 'name', '', 'é', 'a\\"b')
  const value = fc.oneof(
    fc.constantFrom('shop', '', ' a ', 'x'.repeat(401), 'a"b', 'line\nend', '\u00e9', 'a\u007fb'),
    fc.integer(),
    fc.constant(null),
  )
  const pair = fc.tuple(name, value).map(([one, its]) => `${JSON.stringify(one)}: ${JSON.stringify(its)}`)
  const json = fc
    .tuple(fc.array(pair, { maxLength: 4 }), fc.constantFrom('{}', '{ }', '{,}', '{} ', '{}x', '\u00a0{}'))
    .map(([pairs, around]) => around.replace('{', `{${pairs.join(', ')}`))
  fc.assert(
    fc.property(fc.oneof(json, fc.constantFrom('', 'app=shop; x=1', '{"app"}', '{"app": "a\nb"}')), (text) => {
      const kept = keptAsWritten(text, keep)
      if (kept !== null) expect(readTags(kept, keep)).toEqual(readTags(text.trim(), keep))
    }),
    { numRuns: 500 },
  )
  expect(keptAsWritten('{"app": "shop", "name": "vm-1", "Env":"live"}', keep)).toBe('{"app":"shop","Env":"live"}')
})

test('the last hour of a day is of that day', async () => {
  const at = (day: string, hour: number) => `2026-05-${day}T${String(hour).padStart(2, '0')}:00:00Z`
  const { records } = await billOf([
    line(),
    line({ ChargePeriodStart: at('04', 23), ChargePeriodEnd: at('05', 0) }),
    line({ ChargePeriodStart: at('04', 23), ChargePeriodEnd: at('05', 1) }),
    line({ ChargePeriodStart: at('04', 0), ChargePeriodEnd: at('05', 0) }),
    line({ ChargePeriodStart: at('04', 0), ChargePeriodEnd: at('05', 1) }),
  ])
  expect(records.map(({ from, until, lines }) => [from, until, lines])).toEqual([
    ['2026-05-04T00:00:00.000Z', undefined, 4],
    ['2026-05-04T00:00:00.000Z', '2026-05-06T00:00:00.000Z', 1],
  ])
})

test('a quote that is never closed ends the bill, by the line it was opened on', async () => {
  const plain = line({ Tags: 'app=shop' })
  const { problems } = await billOf([plain, plain.replace('Compute', '"Compute'), plain])
  expect(problems).toMatchObject([{ code: 'table.open_quote', line: 3 }])
})
