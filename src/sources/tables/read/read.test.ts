import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTexts } from '../../ndjson/index.ts'
import { openTable, type OpenOptions } from './open.ts'
import { namedCells, type Item } from './table.ts'

type Options = Omit<OpenOptions, 'jsonTexts'>

async function read(input: string | Uint8Array, options: Options = {}, size = 7) {
  const bytes = Buffer.from(input as string)
  function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const table = await openTable(chunks(), { jsonTexts: readTexts, ...options })
  const items: Item[] = []
  for await (const list of table.items) items.push(...list)
  const rows = items.filter((item) => 'cells' in item)
  return {
    form: table.form,
    columns: table.columns.names,
    rows: rows.map((row) => namedCells(row, table.columns)),
    lines: rows.map(({ line }) => line),
    problems: items.flatMap((item) => ('problem' in item ? [item.problem] : [])),
  }
}
const codes = (list: { code: string }[]) => list.map(({ code }) => code)

test('any cells, however they are quoted, divided, ended and cut into chunks, come back as they were', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'ö', '1', ' ', ',', ';', '"', '\n', '\r\n', "'", '|'), maxLength: 8 })
  const table = fc
    .integer({ min: 2, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }))
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom(',', ';', '\t', '|'),
      fc.constantFrom('\n', '\r\n'),
      fc.integer({ min: 1, max: 40 }),
      async (rows, delimiter, end, size) => {
        const header = rows[0]!.map((_, index) => `c${index}`)
        const text = [header, ...rows].map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(delimiter) + end).join('')
        const found = await read(text, { dialect: { delimiter } }, size)
        expect(found.problems).toEqual([])
        expect(found.rows).toEqual(
          rows.map((row) => Object.fromEntries(row.flatMap((one, index) => (one === '' ? [] : [[`c${index}`, one]])))),
        )
        const starts = rows.map(
          (_, index) =>
            2 + rows.slice(0, index).reduce((sum, row) => sum + 1 + row.reduce((ends, one) => ends + one.split('\n').length - 1, 0), 0),
        )
        expect(found.lines).toEqual(starts)
      },
    ),
    { numRuns: 200 },
  )
})

test('encodings are told by their marks and bytes; a guess is said aloud with a word to check', async () => {
  const text = 'Name;Ort\nGröße;Köln\n'
  const rows = [{ Name: 'Größe', Ort: 'Köln' }]
  const marked = `\uFEFF${text}`
  const known: [string, Uint8Array, boolean][] = [
    ['utf-8', Buffer.from(text), false],
    ['utf-8', Buffer.from(marked), false],
    ['utf-16le', Buffer.from(marked, 'utf16le'), false],
    ['utf-16be', Buffer.from(marked, 'utf16le').swap16(), false],
    ['utf-16le', Buffer.from(text, 'utf16le'), true],
    ['windows-1252', Buffer.from(text, 'latin1'), true],
  ]
  for (const [encoding, bytes, isGuess] of known) {
    const found = await read(bytes)
    expect(found.form).toMatchObject({ encoding, delimiter: ';' })
    expect([found.columns, found.rows]).toEqual([['Name', 'Ort'], rows])
    expect(codes(found.form.notes)).toEqual(isGuess ? ['table.encoding_guessed'] : [])
  }
  expect((await read(Buffer.from(text, 'latin1'))).form.notes[0]!.message).toContain('"Größe"')
  expect((await read(Buffer.from('a,b\n€,ž\n', 'utf8'), { dialect: { encoding: 'utf-8' } })).rows).toEqual([{ a: '€', b: 'ž' }])
  await expect(read('a,b', { dialect: { encoding: 'klingon' } })).rejects.toMatchObject({ problem: { code: 'table.encoding' } })
})

test('the delimiter is the one by which rows come out alike; decimal commas and a stated separator do not mislead', async () => {
  expect((await read('a;b;c\n1,5;2,5;x\n3,1;4,2;"y;z"\n')).rows[0]).toEqual({ a: '1,5', b: '2,5', c: 'x' })
  expect((await read('a\tb\n1,2\t3\n')).form.delimiter).toBe('\t')
  expect((await read('a|b\n1|2\n')).form.delimiter).toBe('|')
  expect(await read('sep=;\r\na;b\r\n1;2\r\n')).toMatchObject({ columns: ['a', 'b'], rows: [{ a: '1', b: '2' }], lines: [3] })
  const one = await read('only\nx\ny\n')
  expect([one.rows, codes(one.form.notes)]).toEqual([[{ only: 'x' }, { only: 'y' }], ['table.one_column']])
})

test('rows that do not fit the header are refused by line, and the rows around them stay', async () => {
  const found = await read('a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12,,\n13,14,15\n')
  expect(found.rows.map((row) => row.a)).toEqual(['1', '10', '13'])
  expect(found.problems.map(({ code, line }) => [code, line])).toEqual([
    ['table.ragged', 3],
    ['table.ragged', 4],
  ])
  expect((await read('a,b\n1\n', { dialect: { short: 'fill' } })).rows).toEqual([{ a: '1' }])
})

test('a quote that is never closed is named by the line it was opened on; what came before stays', async () => {
  const found = await read('a,b\n1,2\n3,"never\nclosed\n5,6\n')
  expect(found.rows).toEqual([{ a: '1', b: '2' }])
  expect(found.problems).toMatchObject([{ code: 'table.open_quote', line: 3, fix: expect.any(String) }])
  const long = await read(`a,b\n1,2\n3,"${'x'.repeat(1_100_000)}`, {}, 65_536)
  expect(long.problems).toMatchObject([{ code: 'table.too_long', line: 3 }])
})

test('zero characters and bytes beside the encoding spoil their own row alone', async () => {
  const bad = Buffer.concat([Buffer.from(`a,b\n${'1,2\n'.repeat(70_000)}x\0,1\n`), Buffer.from([0x79, 0xff]), Buffer.from(',2\nz,3\n')])
  const found = await read(bad, {}, 65_536)
  expect(found.rows.at(-1)).toEqual({ a: 'z', b: '3' })
  expect(codes(found.problems)).toEqual(['table.zero', 'table.encoding'])
})

test('columns of one name, without a name, and a missing header are said', async () => {
  expect(await read('amount,amount,\n1,2,3\n')).toMatchObject({
    columns: ['amount', 'amount (2)', 'column 3'],
    form: { notes: [{ code: 'table.same_names' }] },
  })
  expect(codes((await read('1,2026-05-04,3\n4,2026-05-05,6\n')).form.notes)).toEqual(['table.no_header'])
  expect(await read('1,2\n3,4\n', { dialect: { header: false } })).toMatchObject({ columns: ['column 1', 'column 2'], lines: [1, 2] })
})

test('a JSON list and JSON lines are rows: nested fields become columns, long numbers keep their digits', async () => {
  const object = '{"id":12345678901234567891,"fields":{"status":{"name":"Open"}},"labels":["a","b"],"none":null,"deep":[{"x":1}]}'
  const row = { id: '12345678901234567891', 'fields.status.name': 'Open', labels: ['a', 'b'], deep: '[{"x":1}]' }
  for (const text of [`[\n${object},\n${object}]`, `${object}\n${object}\n`, `[${object},${object}`]) {
    const found = await read(text)
    expect(found.form.format).toBe('json')
    expect(found.rows).toEqual([row, row])
  }
  const found = await read('{"a":1}\n7\nnope\n{"b":[1]}\n')
  expect(found.rows).toEqual([{ a: '1' }, { b: ['1'] }])
  expect(found.problems.map(({ code, line }) => [code, line])).toEqual([
    ['table.not_an_object', 2],
    ['table.not_json', 3],
  ])
})

test('gzip is unpacked with limits; a part of it is read as far as it goes', async () => {
  const text = `a,b\n${'1,2\n'.repeat(2_000)}`
  expect((await read(gzipSync(text))).rows).toHaveLength(2_000)
  const cut = gzipSync(text).subarray(0, -20)
  await expect(read(cut)).rejects.toMatchObject({ problem: { code: 'table.packed' } })
  expect((await read(cut, { isPart: true })).problems).toEqual([])
  const long = Array.from({ length: 60_000 }, (_, n) => `${n},${n * 7}\n`).join('')
  const broken = await read(gzipSync(`a,b\n${long}`).subarray(0, -2_000), {}, 65_536)
  expect([broken.rows.length > 10_000, broken.problems]).toMatchObject([true, [{ code: 'table.packed' }]])
  const bomb = gzipSync(`a,b\n${'1,2\n'.repeat(3_000_000)}`)
  const limits = { ratio: 100, free: 1024 * 1024, bytes: 1e12 }
  expect((await read(bomb, { limits }, 65_536)).problems.at(-1)).toMatchObject({ code: 'table.packed' })
})

test('what is no table is refused with what to do', async () => {
  await expect(read('')).rejects.toMatchObject({ problem: { code: 'table.empty' } })
  await expect(read('\n\n\n')).rejects.toMatchObject({ problem: { code: 'table.empty' } })
  await expect(read(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))).rejects.toMatchObject({
    problem: { code: 'table.workbook', fix: expect.stringContaining('CSV') },
  })
  await expect(read(`${'a,'.repeat(2_000)}\n`)).rejects.toMatchObject({ problem: { code: 'table.too_wide' } })
})
