import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { EVIDENCE_KINDS, Evidence, parseEvidence } from '../../../ground/ledger/index.ts'
import { Columns } from '../read/table.ts'
import { Applier, applyAgain, mappingNameOf } from './apply.ts'
import { TARGETS } from './fields.ts'
import { parseMapping } from './mapping.ts'
import { readTime } from './pattern.ts'
import { readNumber } from './units.ts'
import { momentOf } from './zone.ts'

const iso = (at: number) => new Date(at).toISOString()

test('a time the clocks skip is taken later, one they show twice as the first time, and both are said', () => {
  const wall = (text: string) => readTime(text, 'iso')!.wall
  const berlin = (text: string) => {
    const { at, shift } = momentOf(wall(text), 'Europe/Berlin')
    return [iso(at), shift]
  }
  expect(berlin('2026-03-29 01:59')).toEqual(['2026-03-29T00:59:00.000Z', null])
  expect(berlin('2026-03-29 02:30')).toEqual(['2026-03-29T01:30:00.000Z', 'gap'])
  expect(berlin('2026-03-29 03:00')).toEqual(['2026-03-29T01:00:00.000Z', null])
  expect(berlin('2026-10-25 02:30')).toEqual(['2026-10-25T00:30:00.000Z', 'overlap'])
  expect(berlin('2026-10-25 03:00')).toEqual(['2026-10-25T02:00:00.000Z', null])
  // Half an hour of summer time, and a day that a country left out.
  expect(momentOf(wall('2026-10-04 02:15'), 'Australia/Lord_Howe').shift).toBe('gap')
  expect(momentOf(wall('2011-12-30 12:00'), 'Pacific/Apia').shift).toBe('gap')
})

test('whatever a clock on a wall shows at a moment is read as that moment, or as the first of two', () => {
  const zones = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'America/Sao_Paulo',
    'Asia/Kathmandu',
  )
  fc.assert(
    fc.property(zones, fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2035, 0) }), (zone, moment) => {
      const at = Math.floor(moment / 1000) * 1000
      const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(at)
      const read = momentOf(readTime(shown, 'iso')!.wall, zone)
      expect(read.shift).not.toBe('gap')
      if (read.shift === null) expect(iso(read.at)).toBe(iso(at))
      else expect([0, 30 * 60_000, 3_600_000]).toContain(at - read.at)
    }),
    { numRuns: 500 },
  )
})

test('times are read as their pattern says, and days that do not exist are none', () => {
  const at = (text: string, format: string) => {
    const read = readTime(text, format)
    return read && iso(read.wall - (read.offset ?? 0))
  }
  expect(at('4.5.2026 9:05', 'd.M.yyyy H:mm')).toBe('2026-05-04T09:05:00.000Z')
  expect(at('04/May/26 12:30 AM', 'd/MMM/yy h:mm a')).toBe('2026-05-04T00:30:00.000Z')
  expect(at('May 4, 2026', 'MMM d, yyyy[ H:mm]')).toBe('2026-05-04T00:00:00.000Z')
  expect(at('Mon, 4 May 2026 09:05:06 +0200', '[EEE, ]d MMM yyyy HH:mm:ss XXX')).toBe('2026-05-04T07:05:06.000Z')
  expect(at('2026-05-04 09:05:06.7891+02', 'iso')).toBe('2026-05-04T07:05:06.789Z')
  expect(at('46146.5', 'excel')).toBe('2026-05-04T12:00:00.000Z')
  expect(at('1777885200', 'unix')).toBe('2026-05-04T09:00:00.000Z')
  for (const none of ['31.02.2026', '1.13.2026', '0.1.2026', 'tomorrow', '', '1.1.20267']) expect(at(none, 'd.M.yyyy'), none).toBeNull()
  for (const none of ['2026-05-04T24:00', '2026-05-04T10:60', '2026-02-29']) expect(at(none, 'iso'), none).toBeNull()
  expect(at('13:00 PM 4.5.2026', 'h:mm a d.M.yyyy')).toBeNull()
})

test('numbers are read as they are written, or not at all', () => {
  expect(readNumber('1.234,50 €', { decimal: ',', thousands: '.' })).toBe(1234.5)
  expect(readNumber('$1,234.5', { thousands: ',' })).toBe(1234.5)
  expect(readNumber('EUR 12', {})).toBe(12)
  expect(readNumber('1 234,5', { decimal: ',', thousands: ' ' })).toBe(1234.5)
  expect(readNumber('1\u202f234', { thousands: ' ' })).toBe(1234)
  expect(readNumber('\u22125', {})).toBe(-5)
  expect(readNumber('12.3 %', { unit: 'percent' })).toBe(0.123)
  expect(readNumber('1.5', { unit: 'hours' })).toBe(5400)
  expect(readNumber('1:30:00', { unit: 'clock' })).toBe(5400)
  expect(readNumber('90:05', { unit: 'clock' })).toBe(5405)
  for (const none of ['1,5', 'twelve', '', '1.2.3', '0x10', 'Infinity', 'NaN', '1e999']) expect(readNumber(none), none).toBeNull()
  expect(readNumber('12,34', { thousands: ',' })).toBeNull() // groups have three digits
  expect(readNumber('1:99:00', { unit: 'clock' })).toBeNull()
})

test('every field a column can become is one of its kind, and those that every record has are known', () => {
  for (const { kind, fields } of TARGETS) {
    expect(EVIDENCE_KINDS).toContain(kind)
    const schema = Evidence.options.find((option) => option.shape.kind.value === kind)!
    const shape: Record<string, { safeParse(value: unknown): { success: boolean } }> = schema.shape
    for (const { field } of fields) expect(Object.keys(shape), `${kind}.${field}`).toContain(field.split('.')[0])
    const required = Object.keys(shape).filter((field) => !shape[field]!.safeParse(undefined).success)
    const known = fields.filter(({ required: is, field }) => is || ['id', 'at'].includes(field)).map(({ field }) => field)
    // A bill names its costs by what they say.
    const made = kind === 'cost' ? ['id', 'at', 'bill'] : []
    expect([...known, ...made, 'kind', 'source'].sort(), kind).toEqual(required.filter((field) => field !== 'data').sort())
  }
})

function apply(fields: Record<string, unknown>, row: Record<string, string | string[]>, more: Record<string, unknown> = {}) {
  const read = parseMapping({ name: 'test', kind: 'incident', fields, ...more })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const columns = new Columns()
  const cells = Object.entries(row).map(([name, cell]) => (columns.add(name), cell))
  return { ...new Applier(read.value, columns).apply({ line: 2, cells }), mapping: read.value }
}
const base = { subject: { value: 'component:default/shop' }, title: 'Title', openedAt: { column: 'Opened', time: 'd.M.yyyy H:mm' } }

test('a row becomes a record; when it happened is the latest moment it states', () => {
  const { parsed } = apply(
    { ...base, id: 'Key', resolvedAt: { column: 'Closed', time: 'd.M.yyyy H:mm' }, severity: { column: 'P', values: { '1': 'critical' } } },
    { Key: 'I-1', Title: ' Slow ', Opened: '4.5.2026 10:00', Closed: '4.5.2026 12:00', P: '1' },
    { zone: 'Europe/Berlin', source: 'desk' },
  )
  expect(parsed).toMatchObject({
    record: {
      kind: 'incident',
      source: 'desk',
      id: 'I-1',
      title: 'Slow',
      severity: 'critical',
      openedAt: '2026-05-04T08:00:00.000Z',
      at: '2026-05-04T10:00:00.000Z',
    },
  })
})

test('an empty cell says nothing, unless the row says when it was last changed: then the field is empty as of that moment', () => {
  const fields = { ...base, id: 'Key', resolvedAt: { column: 'Closed', time: 'd.M.yyyy H:mm' } }
  const row = { Key: 'I-1', Title: 'Slow', Opened: '4.5.2026 10:00', Closed: 'n/a', Changed: '2026-05-06' }
  const silent = apply(fields, row, { empty: ['N/A'] })
  expect(silent.record).not.toHaveProperty('resolvedAt')
  const told = apply({ ...fields, at: 'Changed' }, row, { empty: ['N/A'] })
  expect(told.parsed).toMatchObject({ record: { at: '2026-05-06T00:00:00.000Z', none: ['resolvedAt'] } })
})

test('without a column for it, the id is a digest of the whole row, wherever the row and its columns stand', () => {
  const row = { Title: 'Slow', Opened: '4.5.2026 10:00', Other: 'x' }
  const idOf = (cells: Record<string, string>) => (apply(base, cells).record as { id: string }).id
  expect(idOf(row)).toMatch(/^row-[0-9a-f]{32}$/)
  expect(idOf({ Other: 'x', Opened: '4.5.2026 10:00', Title: 'Slow' })).toBe(idOf(row))
  expect(idOf({ ...row, Other: 'y' })).not.toBe(idOf(row))
})

test('what is wrong is said of the column, with its line and what to do; a refused row can be read again by a better mapping', () => {
  const { parsed, problems } = apply({ ...base, severity: 'P' }, { Title: '', Opened: '31.2.2026 10:00', P: 'x' })
  expect(problems).toMatchObject([{ code: 'table.not_a_time', path: 'Opened', line: 2, fix: expect.any(String) }])
  if (!('reject' in parsed)) throw new Error('it should be refused')
  expect(mappingNameOf(parsed.reject.raw)).toBe('test')
  const row = apply(base, { Title: 'Slow', Opened: '05/04/2026 10:00' })
  if (!('reject' in row.parsed)) throw new Error('it should be refused')
  const better = { ...row.mapping, fields: { ...row.mapping.fields, openedAt: { column: 'Opened', time: 'M/d/yyyy H:mm' } } }
  expect(applyAgain(row.parsed.reject.raw, better)).toMatchObject({ record: { openedAt: '2026-05-04T10:00:00.000Z' } })
  expect(apply(base, { Opened: '4.5.2026 10:00' }).problems).toMatchObject([
    { path: 'Title', message: expect.stringContaining('column "Title" is empty') },
  ])
})

test('lists, refs and parts of fields', () => {
  const change = {
    kind: 'change',
    fields: { subject: { column: 'Repo', ref: 'repository' }, labels: { column: 'L', split: ';', values: { a: 'A' } }, at: 'When' },
  }
  expect(apply(change.fields, { Repo: 'acme/Shop.git', L: ' a; b;; ', When: '2026-05-04' }, change).record).toMatchObject({
    subject: 'repository:default/shop',
    labels: ['A', 'b'],
  })
  expect(apply(change.fields, { Repo: '日本', When: '2026-05-04' }, change).problems).toMatchObject([
    { code: 'table.bad_cell', path: 'Repo' },
  ])
  const order = {
    kind: 'product_event',
    fields: {
      subject: { value: 'component:default/shop' },
      at: 'When',
      name: { value: 'order' },
      actor: 'Who',
      'revenue.amount': 'Sum',
      'revenue.currency': { value: 'EUR' },
    },
  }
  expect(apply(order.fields, { When: '2026-05-04', Who: 'u1', Sum: '12.5' }, order).parsed).toMatchObject({
    record: { revenue: { amount: 12.5, currency: 'EUR' } },
  })
  const measured = {
    kind: 'measurement',
    fields: { subject: { value: 'component:default/shop' }, at: 'When', measure: { value: 'm' }, value: 'V', 'dimensions.region': 'R' },
  }
  expect(apply(measured.fields, { When: '2026-05-04', V: '1', R: 'eu' }, measured).parsed).toMatchObject({
    record: { dimensions: { region: 'eu' } },
  })
})

test('a mapping is refused with everything that is wrong with it', () => {
  const wrong = (mapping: unknown) => {
    const read = parseMapping(mapping)
    return read.ok ? [] : read.problems.map(({ path, code }) => `${code} ${path}`)
  }
  expect(wrong({ name: 'x', kind: 'incident', fields: { titel: 'T', 'title.x': 'T', 'data.__proto__': 'T' } })).toEqual([
    'mapping.unknown_field fields.titel',
    'mapping.unknown_field fields.title.x',
    'mapping.unknown_field fields.data.__proto__',
  ])
  for (const rule of [
    {},
    { column: 'a', value: 'b' },
    { column: 'a', time: 'foo' },
    { column: 'a', zone: 'Mars/Base' },
    { column: 'a', unit: 'ells' },
    { column: 'a', typo: 1 },
  ])
    expect(wrong({ name: 'x', kind: 'incident', fields: { title: rule } }), JSON.stringify(rule)).not.toEqual([])
  expect(wrong({ name: 'Not A Name', kind: 'commit', fields: [] })).toHaveLength(3)
  expect(wrong(null)).not.toEqual([])
  for (const name of ['__proto__', 'constructor', 'toString'])
    expect(wrong({ name: 'x', kind: 'incident', fields: JSON.parse(`{"${name}":"T"}`) as unknown }), name).not.toContain('ok')
})

test('whatever stands in the cells, a row is a record that the ledger takes or a refusal with a reason', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('', '-', '31.02.2026', '4.5.2026 10:00', '1e400', '\ud800', '__proto__'),
  )
  fc.assert(
    fc.property(fc.array(cell, { minLength: 4, maxLength: 4 }), ([title, opened, subject, id]) => {
      const { parsed, problems } = apply(
        { ...base, subject: 'Service', id: 'Key' },
        { Title: title!, Opened: opened!, Service: subject!, Key: id! },
      )
      if ('record' in parsed) expect(parseEvidence(parsed.record).ok).toBe(true)
      else expect(problems.length + parsed.reject.problem.message.length).toBeGreaterThan(0)
    }),
  )
})
