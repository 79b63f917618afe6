import { afterAll, beforeAll, expect, test } from 'vitest'
import { gzipSync } from 'node:zlib'
import { tableSinkOf } from '../../../src/doors/tables/ground-sink.ts'
import { columnsOf } from '../../../src/doors/tables/import-table.ts'
import { keepingClaimed, takeBill } from '../../../src/doors/tables/take-bill.ts'
import { Refusal } from '../../../src/ground/core/index.ts'
import { sql } from '../../../src/ground/store/index.ts'
import { installCost } from '../../../src/houses/cost/index.ts'
import { readTexts } from '../../../src/sources/ndjson/index.ts'
import { openTable, previewOf } from '../../../src/sources/tables/index.ts'
import { testGround, type TestGround } from '../../support/ground.ts'

let ground: TestGround
beforeAll(async () => void (ground = await testGround({ install: [installCost] })))
afterAll(() => ground.store.close())

// Columns of FOCUS 1.2 (https://focus.finops.org/focus-specification/v1-2/), values of our own.
const COLUMNS = {
  BilledCost: '1.5',
  BillingAccountId: '100',
  BillingCurrency: 'EUR',
  BillingPeriodStart: '2026-05-01T00:00:00Z',
  ChargeCategory: 'Usage',
  ChargePeriodEnd: '2026-05-04T13:00:00Z',
  ChargePeriodStart: '2026-05-04T12:00:00Z',
  EffectiveCost: '1.25',
  InvoiceIssuerName: 'Cloud',
  ResourceId: 'vm-1',
  ServiceName: 'Compute',
  SubAccountId: 'acct-1',
  Tags: '{"app": "shop"}',
}
type Line = Record<string, string>
const HEAD = Object.keys(COLUMNS).join(',')
const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const written = (line: Line) =>
  Object.keys(COLUMNS)
    .map((name) => quoted(line[name]!))
    .join(',')
const GOOD = written(COLUMNS)
/** A bill of three good lines with a line between them that is not what it should be. */
const withLine = (line: string) => Buffer.from([HEAD, GOOD, line, GOOD, GOOD].join('\n'))
const cell = (name: keyof typeof COLUMNS, value: string) => withLine(written({ ...COLUMNS, [name]: value }))

/** How many lines may stand of what is taken; `refused`: nothing is. */
const VARIANTS: Record<string, { body: Buffer; lines: number | 'refused' }> = {
  'an amount in words': { body: cell('BilledCost', 'twelve'), lines: 'refused' },
  'an amount beyond all': { body: cell('BilledCost', '1e400'), lines: 'refused' },
  'an amount of a hundred digits': { body: cell('BilledCost', '9'.repeat(100)), lines: 'refused' },
  'an amount too fine': { body: cell('BilledCost', '5e-324'), lines: 'refused' },
  'an amount that is no number': { body: cell('EffectiveCost', 'NaN'), lines: 'refused' },
  'an endless amount': { body: cell('EffectiveCost', 'Infinity'), lines: 'refused' },
  'an amount in hexadecimal': { body: cell('BilledCost', '0x10'), lines: 'refused' },
  'an amount with a comma': { body: cell('BilledCost', '1,50'), lines: 'refused' },
  'an amount that is a formula': { body: cell('BilledCost', '=1+1'), lines: 'refused' },
  'an amount with two points': { body: cell('BilledCost', '1.2.3'), lines: 'refused' },
  'a credit': { body: cell('BilledCost', '-1.5'), lines: 4 },
  'an amount with thirty digits': { body: cell('BilledCost', `0.${'1'.repeat(30)}`), lines: 4 },
  'no amount': { body: cell('BilledCost', ''), lines: 4 },
  'a currency in words': { body: cell('BillingCurrency', 'Euro'), lines: 'refused' },
  'a currency in small letters': { body: cell('BillingCurrency', 'eur'), lines: 'refused' },
  'no currency': { body: cell('BillingCurrency', ''), lines: 'refused' },
  'a second currency': { body: cell('BillingCurrency', 'USD'), lines: 4 },
  'a day that is none': { body: cell('ChargePeriodStart', '2026-02-30T00:00:00Z'), lines: 'refused' },
  'a moment in words': { body: cell('ChargePeriodStart', 'yesterday'), lines: 'refused' },
  'the year 0': { body: cell('ChargePeriodStart', '0000-01-01T00:00:00Z'), lines: 'refused' },
  'a moment after the last': { body: cell('ChargePeriodStart', '+999999-01-01T00:00:00Z'), lines: 'refused' },
  'no moment': { body: cell('ChargePeriodStart', ''), lines: 'refused' },
  'a period that ends before it begins': { body: cell('ChargePeriodEnd', '2026-05-01T00:00:00Z'), lines: 'refused' },
  'no end of the period': { body: cell('ChargePeriodEnd', ''), lines: 4 },
  'a bill without an account': { body: cell('BillingAccountId', ''), lines: 4 },
  'an account of signs': { body: cell('SubAccountId', '!!!'), lines: 'refused' },
  'a way up as an account': { body: cell('SubAccountId', '../../../../etc/passwd'), lines: 4 },
  'no account': { body: cell('SubAccountId', ''), lines: 4 },
  'an account of two thousand letters': { body: cell('SubAccountId', 'a'.repeat(2_000)), lines: 4 },
  'an issuer of two thousand letters': { body: cell('InvoiceIssuerName', 'a'.repeat(2_000)), lines: 'refused' },
  'an issuer with a zero character': { body: cell('InvoiceIssuerName', 'a\0b'), lines: 'refused' },
  'a service with a zero character': { body: cell('ServiceName', 'a\0b'), lines: 'refused' },
  'a service that is a script': { body: cell('ServiceName', '<script>alert(1)</script>'), lines: 4 },
  'a service that is a statement': { body: cell('ServiceName', "'; drop table evidence_cost; --"), lines: 4 },
  'a service of a million letters': { body: cell('ServiceName', 'x'.repeat(900_000)), lines: 'refused' },
  'a service that runs the other way': { body: cell('ServiceName', '\u202Egnp.exe\u200B'), lines: 4 },
  'half a character': {
    body: Buffer.concat([withLine(GOOD), Buffer.from('\n'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from(GOOD)]),
    lines: 'refused',
  },
  'tags that are a list': { body: cell('Tags', '["app"]'), lines: 'refused' },
  'tags cut off': { body: cell('Tags', '{"app": "sho'), lines: 'refused' },
  'tags named after what objects have': {
    body: cell('Tags', '{"__proto__": {"polluted": true}, "constructor": "x", "app": "shop"}'),
    lines: 4,
  },
  'tags without end': { body: cell('Tags', `{"app": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`), lines: 4 },
  'ten thousand tags': {
    body: cell('Tags', JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`tag-${n}`, 'x'])))),
    lines: 4,
  },
  'a mail address as a tag': { body: cell('Tags', '{"team": "dev-1@example.org"}'), lines: 4 },
  'too few cells': { body: withLine('1,2,3'), lines: 'refused' },
  'too many cells': { body: withLine(`${GOOD},more,and,more`), lines: 'refused' },
  'a quote that is never closed': { body: withLine(GOOD.replace('Compute', '"Compute')), lines: 'refused' },
  'a head alone': { body: Buffer.from(HEAD), lines: 0 },
  nothing: { body: Buffer.alloc(0), lines: 'refused' },
  'packed, cut off': { body: gzipSync(withLine(GOOD)).subarray(0, 60), lines: 'refused' },
  'packed to burst': { body: gzipSync(Buffer.alloc(40 * 1024 * 1024, `${GOOD}\n`)), lines: 'refused' },
  'a workbook': { body: Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), withLine(GOOD)]), lines: 'refused' },
  'in UTF-16': { body: Buffer.from(`\uFEFF${[HEAD, GOOD, GOOD].join('\r\n')}`, 'utf16le'), lines: 2 },
}

test('fifty broken or hostile bills: each is taken whole or not at all, and what is refused says what, where and what to do', async () => {
  expect(Object.keys(VARIANTS).length).toBeGreaterThanOrEqual(50)
  for (const [name, { body, lines }] of Object.entries(VARIANTS)) {
    const told = await take(body)
    const kept = await ground.store.query<{ lines: number | null; records: number }>(
      sql`select sum(lines)::int as lines, count(*)::int as records from evidence_cost where learned_to = 'infinity' and not retracted`,
    )
    const where = `${name} → ${JSON.stringify(told).slice(0, 500)}`
    expect(kept[0]!.lines ?? 0, where).toBe(lines === 'refused' ? 0 : lines)
    if (lines === 'refused') {
      expect(told.problems.length, where).toBeGreaterThan(0)
      for (const problem of told.problems)
        expect(problem, where).toMatchObject({
          code: expect.any(String),
          message: expect.stringMatching(/\S/),
          fix: expect.stringMatching(/\S/),
        })
    }
    expect(({} as Record<string, unknown>).polluted, where).toBeUndefined()
    await ground.store.query(sql`delete from evidence_cost`)
  }
})

async function take(body: Buffer): Promise<{ problems: unknown[] }> {
  try {
    const { mapping } = await previewOf(await openTable([body], { jsonTexts: readTexts }), { file: 'bill.csv', kind: 'cost' })
    const table = await openTable([body], { jsonTexts: readTexts, only: columnsOf(mapping) })
    const sink = tableSinkOf(ground, 'user:default/test')
    return await takeBill(table, keepingClaimed(mapping, await sink.words()), { label: 'bill.csv', part: false, replace: true, sink })
  } catch (error) {
    if (error instanceof Refusal) return { problems: [error.problem] }
    throw error
  }
}
