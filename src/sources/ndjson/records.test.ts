import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Problem } from '../../ground/core/index.ts'
import type { Parsed } from '../../ground/intake/index.ts'
import { readBatches, type ReadOptions, readRecords } from './index.ts'

const event = (id: string, more: object = {}) => ({
  kind: 'event',
  source: 'tests',
  id,
  subject: 'component:default/checkout',
  at: '2026-05-04T09:30:00Z',
  type: 'seen',
  data: null,
  ...more,
})

async function read(input: string | Uint8Array | readonly Uint8Array[], options?: ReadOptions): Promise<Parsed[]> {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input
  return Array.fromAsync(readRecords(bytes instanceof Uint8Array ? [bytes] : bytes, options))
}
const idsOf = (parsed: readonly Parsed[]) => parsed.map((one) => ('record' in one ? one.record.id : one.reject.problem.code))
const problemsOf = (parsed: readonly Parsed[]): Problem[] => parsed.flatMap((one) => ('reject' in one ? [one.reject.problem] : []))

describe('lines', () => {
  test('one record a line, with either line end, a byte order mark and blank lines', async () => {
    const text = `\uFEFF${JSON.stringify(event('a'))}\r\n\n  \n${JSON.stringify(event('b'))}\n${JSON.stringify(event('c'))}`
    expect(idsOf(await read(text))).toEqual(['a', 'b', 'c'])
    expect(await read('')).toEqual([])
    expect(await read('\n\r\n')).toEqual([])
  })

  test('a line that cannot be read is refused with its number, the rest goes on', async () => {
    const parsed = await read(
      [JSON.stringify(event('a')), '{"kind": "event",, }', JSON.stringify({ ...event('b'), at: 'today' }), JSON.stringify(event('c'))].join(
        '\n',
      ),
      { file: 'events.ndjson' },
    )
    expect(idsOf(parsed)).toEqual(['a', 'ndjson.not_json', 'evidence.bad_field', 'c'])
    expect(problemsOf(parsed)).toMatchObject([
      { line: 2, column: 18, file: 'events.ndjson' },
      { line: 3, path: 'at', message: 'The field "at" cannot be "today"' },
    ])
  })

  test('several problems of one line are told together', async () => {
    const [problem] = problemsOf(await read('{"kind":"deployment","source":"ci"}\n'))
    expect(problem!.message).toContain('"id" is missing; ')
    expect(problem!.message).toContain('and 1 more')
  })

  test('a line far longer than allowed is let go without being held, the rest goes on', async () => {
    function* chunks(): Generator<Uint8Array> {
      yield Buffer.from(`${JSON.stringify(event('a'))}\n{"kind":"event","data":"`)
      const chunk = Buffer.alloc(65_536, 'x')
      for (let sent = 0; sent < 100 * 1024 * 1024; sent += chunk.length) yield chunk
      yield Buffer.from(`"}\n${JSON.stringify(event('b'))}\n`)
    }
    const parsed = await Array.fromAsync(readRecords(chunks()))
    expect(idsOf(parsed)).toEqual(['a', 'ndjson.too_long', 'b'])
    expect('reject' in parsed[1]! && parsed[1].reject).toMatchObject({
      raw: expect.stringMatching(/^\{"kind":"event"/),
      problem: { line: 2 },
    })
    expect('reject' in parsed[1]! && parsed[1].reject.raw.length).toBeLessThan(2_000)
  })

  test('the longest line allowed is read, one byte more is not', async () => {
    const line = JSON.stringify(event('a'))
    expect(idsOf(await read(`${line}\r\n`, { longest: line.length }))).toEqual(['a'])
    expect(idsOf(await read(line, { longest: line.length - 1 }))).toEqual(['ndjson.too_long'])
  })

  test('bytes that are not UTF-8 are named by their place', async () => {
    const bad = Buffer.concat([
      Buffer.from(`${JSON.stringify(event('a'))}\nxé`),
      Buffer.of(0xc3, 0x28),
      Buffer.from(`\n${JSON.stringify(event('b'))}`),
    ])
    const parsed = await read(bad)
    expect(idsOf(parsed)).toEqual(['a', 'ndjson.not_utf8', 'b'])
    expect(problemsOf(parsed)).toMatchObject([{ line: 2, message: 'The line is not UTF-8: byte 5 does not fit' }])
  })

  test('UTF-16 and compressed input are refused once, in plain words', async () => {
    expect(problemsOf(await read(Buffer.from(`\uFEFF${JSON.stringify(event('a'))}\n`, 'utf16le')))).toMatchObject([
      { message: 'The input is UTF-16' },
    ])
    expect(problemsOf(await read(Buffer.of(0x1f, 0x8b, 8, 0, 10, 10)))).toMatchObject([{ code: 'ndjson.compressed' }])
  })

  test('a key written twice counts as written last', async () => {
    expect(idsOf(await read(`{"id":"z",${JSON.stringify(event('a')).slice(1)}`))).toEqual(['a'])
  })

  test('a line nested deeper than anything real is refused', async () => {
    expect(idsOf(await read(`{"kind":"event","data":${'['.repeat(200_000)}${']'.repeat(200_000)}}`))).toEqual(['evidence.too_deep'])
  })
})

describe('documents', () => {
  test('a list of records and objects over several lines are read as well', async () => {
    expect(idsOf(await read(JSON.stringify([event('a'), event('b')])))).toEqual(['a', 'b'])
    expect(idsOf(await read(JSON.stringify([event('a'), event('b', { data: { text: '"]},{' } })], null, 2)))).toEqual(['a', 'b'])
    expect(idsOf(await read(JSON.stringify(event('a'), null, 2)))).toEqual(['a'])
    expect(idsOf(await read(`${JSON.stringify(event('a'), null, 2)}\n${JSON.stringify(event('b'), null, 2)}\n`))).toEqual(['a', 'b'])
    expect(await read('[]')).toEqual([])
    expect(await read(' [\n] ')).toEqual([])
  })

  test('what is wrong in a list is named by the line it begins on', async () => {
    const parsed = await read(`[\n${JSON.stringify(event('a'))},\n 7,\n{"kind": },\n${JSON.stringify(event('b'))}\n]\n`)
    expect(idsOf(parsed)).toEqual(['a', 'evidence.not_an_object', 'ndjson.not_json', 'b'])
    expect(problemsOf(parsed).map(({ line }) => line)).toEqual([3, 4])
  })

  test('a list that breaks off gives what was whole and says that it breaks off', async () => {
    const whole = JSON.stringify([event('a'), event('b')])
    expect(idsOf(await read(whole.slice(0, -20)))).toEqual(['a', 'ndjson.cut_off'])
    expect(idsOf(await read(whole.slice(0, -1)))).toEqual(['a', 'b', 'ndjson.cut_off'])
  })

  test('an element longer than allowed is let go, the next is read', async () => {
    const parsed = await read(JSON.stringify([event('a'), event('b', { data: 'x'.repeat(5_000) }), event('c')]), { longest: 1_000 })
    expect(idsOf(parsed)).toEqual(['a', 'ndjson.too_long', 'c'])
  })
})

const json = fc.oneof(fc.jsonValue(), fc.record({ kind: fc.constantFrom('event', 'commit', 'x'), id: fc.string() }))
const cut = (bytes: Buffer, at: readonly number[]): Uint8Array[] => {
  const places = [...new Set([0, ...at.map((one) => one % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b)
  return places.slice(1).map((to, n) => bytes.subarray(places[n], to))
}

test('where the network cuts a stream makes no difference', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(json, { maxLength: 6 }),
      fc.constantFrom('lines', 'list', 'pretty', 'noise'),
      fc.array(fc.nat(), { maxLength: 12 }),
      async (values, form, places) => {
        const texts = values.map((value) => JSON.stringify(value))
        const text =
          form === 'lines'
            ? texts.join('\n')
            : form === 'list'
              ? `[${texts.join(', ')}]`
              : form === 'pretty'
                ? values.map((value) => JSON.stringify([value], null, 1)).join('\n')
                : texts.join('}]"')
        const bytes = Buffer.from(text)
        expect(await read(cut(bytes, places), { longest: 200 })).toEqual(await read(bytes, { longest: 200 }))
      },
    ),
  )
})

test('any bytes at all are read or refused, and the reader comes to an end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('', '[', '{\n', '{"a":[', '"'), async (noise, begin) => {
      const parsed = await read(Buffer.concat([Buffer.from(begin), noise]))
      expect(parsed.every((one) => 'record' in one || (one.reject.problem.code !== '' && one.reject.problem.message !== ''))).toBe(true)
    }),
  )
})

test('batches hold no more records and bytes than asked for', async () => {
  const lines = Array.from({ length: 25 }, (_, n) => JSON.stringify(event(`${n}`))).join('\n')
  const sizes = async (options: { records?: number; bytes?: number }) =>
    (await Array.fromAsync(readBatches([Buffer.from(lines)], options))).map(({ length }) => length)
  expect(await sizes({ records: 10 })).toEqual([10, 10, 5])
  expect(await sizes({ bytes: 300 })).toEqual([...Array.from({ length: 8 }, () => 3), 1])
})

test('a format nobody knows is refused by name', async () => {
  await expect(read('{}', { format: 'csv' })).rejects.toThrow('There is no format csv')
})
