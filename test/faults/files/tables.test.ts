import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dataFolder, testFolder } from '../../support/store.ts'
import { type Server, startCommand, startServer } from '../../support/throughline.ts'

let server: Server
let data: string
let files: string
const remove: (() => Promise<void>)[] = []
beforeAll(async () => {
  const [store, place] = [await dataFolder(), await testFolder()]
  data = store.folder
  files = place.folder
  remove.push(store.remove, place.remove)
  server = await startServer({ data })
  const response = await fetch(`${server.url}/api/mappings/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mapping }),
  })
  expect(response.status).toBe(200)
})
afterAll(async () => {
  await server.stop()
  for (const one of remove) await one()
})

const mapping = {
  name: 'faults',
  kind: 'incident',
  fields: { id: 'id', title: 'title', openedAt: 'opened', subject: { value: 'component:default/shop' } },
}

interface Told {
  code?: string
  detail?: string
  fix?: string
  rows: number
  accepted: number
  revised: number
  duplicates: number
  rejected: number
  problems: { code: string; message: string; fix: string }[]
}
type Bytes = string | Uint8Array<ArrayBuffer>
const bytes = (buffer: Buffer): Uint8Array<ArrayBuffer> => Uint8Array.from(buffer)

async function send(body: Bytes): Promise<{ status: number; told: Told }> {
  const response = await fetch(`${server.url}/api/tables?mapping=faults&file=faults.csv`, { method: 'POST', body })
  return { status: response.status, told: (await response.json()) as Told }
}
async function preview(body: Bytes): Promise<number> {
  const head = Buffer.from(body as string)
    .subarray(0, 1_500_000)
    .toString('base64')
  const response = await fetch(`${server.url}/api/tables/preview`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ file: 'faults.csv', head, whole: Buffer.byteLength(body as string) <= 1_500_000 }),
  })
  expect(await response.json()).toBeTypeOf('object')
  return response.status
}
const residentBytes = async () =>
  Number(/^process_resident_memory_bytes (\d+)$/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1])
const records = async () => {
  const { kinds } = await server.get<{ kinds: { source: string; records: number }[] }>('/api/evidence')
  return kinds.filter(({ source }) => source === 'faults').reduce((sum, one) => sum + one.records, 0)
}

const HEAD = 'id,title,opened\n'
const good = (id: string) => `${id},Down,2026-05-04T10:00:00Z\n`
const many = (count: number, line: (n: number) => string) => Array.from({ length: count }, (_, n) => line(n)).join('')
const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`

/** Name, body, how many of its rows are right, and the code that tells what is wrong; null where nothing is. */
const CASES: readonly [name: string, body: Bytes, accepted: number, code: string | null][] = [
  ['nothing', '', 0, 'table.empty'],
  ['one byte', ',', 0, null],
  ['line ends alone', '\n\r\n\r\n\n', 0, 'table.empty'],
  ['a mark alone', bytes(Buffer.from([0xef, 0xbb, 0xbf])), 0, 'table.empty'],
  ['a header alone', HEAD, 0, null],
  ['zero bytes', bytes(Buffer.alloc(10_000)), 0, 'table.zero'],
  [
    'bytes of chance',
    bytes(
      Buffer.from(
        many(20_000, (n) => String.fromCharCode((n * 7919 + (n >> 3)) % 256)),
        'latin1',
      ),
    ),
    0,
    'any',
  ],
  ['a quote alone', '"', 0, 'table.open_quote'],
  ['a quote that is never closed', `${HEAD}${good('q1')}q2,"Down,2026-05-04T10:00:00Z\n${good('q3')}`, 1, 'table.open_quote'],
  ['a quote that is never closed before 5 MB', `${HEAD}${good('l1')}l2,"${'x\n'.repeat(2_500_000)}`, 1, 'table.too_long'],
  ['quotes in the middle', `${HEAD}m1,a "b" c,2026-05-04T10:00:00Z\nm2,"a" b,2026-05-04T10:00:00Z\n`, 2, null],
  ['a quoted line end', `${HEAD}e1,"two\nlines",2026-05-04T10:00:00Z\n`, 1, null],
  ['a cell of 3 MB', `${HEAD}c1,${'x'.repeat(3_000_000)},2026-05-04T10:00:00Z\n${good('c2')}`, 0, 'table.too_long'],
  ['a cell longer than a title', `${HEAD}t1,${'x'.repeat(3_000)},2026-05-04T10:00:00Z\n${good('t2')}`, 1, 'evidence.bad_field'],
  ['a header of 3 MB', `${'x'.repeat(3_000_000)}\n1\n`, 0, 'table.too_long'],
  ['2,000 columns', `${'a,'.repeat(2_000)}\n`, 0, 'table.too_wide'],
  ['rows of 5,000 cells', `${HEAD}${'a,'.repeat(5_000)}\n${good('w1')}`, 1, 'table.ragged'],
  ['rows too short', `${HEAD}s1\ns2,Down\n${good('s3')}`, 1, 'table.ragged'],
  ['zero characters', `${HEAD}z1,a\0b,2026-05-04T10:00:00Z\n${good('z2')}`, 1, 'table.zero'],
  ['control characters in a name', `${HEAD}"a\u0007b",Down,2026-05-04T10:00:00Z\n${good('k1')}`, 1, 'evidence.bad_field'],
  ['columns of one name', `id,id,id\n1,2,3\n`, 0, 'evidence.missing_field'],
  ['columns called like parts of objects', `__proto__,constructor,toString\n1,2,3\n`, 0, 'evidence.missing_field'],
  ['none of the columns', `x,y\n1,2\n`, 0, 'evidence.missing_field'],
  ['a time that is none', `${HEAD}n1,Down,31.02.2026\n`, 0, 'table.not_a_time'],
  ['a year beyond all', `${HEAD}y1,Down,0000-01-01\n`, 0, 'evidence.bad_field'],
  ['a sum of a sheet', `${HEAD}=1+1,"=cmd|' /C calc'!A0",2026-05-04T10:00:00Z\n`, 1, null],
  ['SQL', `${HEAD}"'; drop table incident; --",Down,2026-05-04T10:00:00Z\n`, 1, null],
  ['HTML', `${HEAD}h1,<script>alert(1)</script>,2026-05-04T10:00:00Z\n`, 1, null],
  ['UTF-16', bytes(Buffer.from(`\uFEFF${HEAD}${good('u1')}`, 'utf16le')), 1, null],
  ['UTF-16 cut in a character', bytes(Buffer.from(`\uFEFF${HEAD}${good('v1')}x`, 'utf16le').subarray(0, -1)), 1, 'table.ragged'],
  [
    'halves of UTF-16 characters',
    bytes(Buffer.concat([Buffer.from(`\uFEFF${HEAD}p1,`, 'utf16le'), Buffer.from([0, 0xd8]), Buffer.from(',2026-05-04\n', 'utf16le')])),
    0,
    'table.encoding',
  ],
  ['Latin-1', bytes(Buffer.from(`${HEAD}i1,Größe,2026-05-04T10:00:00Z\n`, 'latin1')), 1, null],
  [
    'UTF-8 with wrong bytes far behind',
    bytes(
      Buffer.concat([
        Buffer.from(HEAD + many(9_000, (n) => `f${n},${'x'.repeat(30)},2026-05-04T10:00:00Z\n`)),
        Buffer.from([0x66, 0xff, 0xfe]),
        Buffer.from(',Down,2026-05-04\n'),
      ]),
    ),
    9_000,
    'table.encoding',
  ],
  ['bytes of an image', bytes(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])), 0, 'any'],
  ['a workbook', bytes(Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0])), 0, 'table.workbook'],
  ['an old workbook', bytes(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])), 0, 'table.workbook'],
  ['gzip of nothing', bytes(gzipSync('')), 0, 'table.empty'],
  ['gzip cut off', bytes(gzipSync(HEAD + many(100, (n) => good(`g${n}`))).subarray(0, -12)), 0, 'table.packed'],
  [
    'gzip with a wrong byte',
    bytes(Buffer.concat([gzipSync(HEAD).subarray(0, 12), Buffer.from([0xff, 0xff, 0xff]), gzipSync(HEAD).subarray(15)])),
    0,
    'table.packed',
  ],
  ['gzip in gzip', bytes(gzipSync(gzipSync(HEAD + good('gg')))), 0, 'any'],
  ['a bomb of one line', bytes(gzipSync(Buffer.alloc(200_000_000, 'x'))), 0, 'table.too_long'],
  ['a bomb of empty rows', bytes(gzipSync(Buffer.alloc(200_000_000, '\n'))), 0, 'table.packed'],
  ['lone carriage returns', `${HEAD}${good('r1')}${good('r2')}`.replaceAll('\n', '\r'), 2, null],
  ['every line end there is', `id,title,opened\r\n${good('x1').trim()}\r${good('x2').trim()}\n${good('x3').trim()}`, 3, null],
  ['JSON cut off', `[${JSON.stringify({ id: 'j1', title: 'Down', opened: '2026-05-04' })},{"id":"j2"`, 1, 'ndjson.cut_off'],
  [
    'JSON of 50,000 levels',
    `{"id":"d1","title":${deep},"opened":"2026-05-04"}\n{"id":"d2","title":"Down","opened":"2026-05-04"}\n`,
    1,
    'evidence.too_deep',
  ],
  [
    'JSON with 3,000 fields',
    JSON.stringify(Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`f${n}`, n]))),
    0,
    'table.too_wide',
  ],
  ['JSON rows that each bring fields of their own', many(3_000, (n) => `{"k${n}":1}\n`), 0, 'evidence.missing_field'],
  ['JSON that is not objects', '[1,"two",null,[3]]', 0, 'table.not_an_object'],
  [
    'JSON that would change what all objects are',
    '{"__proto__":{"id":"o1"},"constructor":{"prototype":{"x":1}},"title":"Down","opened":"2026-05-04","id":"o2"}\n',
    1,
    null,
  ],
  [
    'JSON with a value of 3 MB',
    `{"id":"b1","title":"${'x'.repeat(3_000_000)}"}\n{"id":"b2","title":"Down","opened":"2026-05-04"}\n`,
    1,
    'ndjson.too_long',
  ],
  ['numbers beyond all', '{"id":123456789012345678901234567890,"title":1e400,"opened":"2026-05-04"}\n', 1, null],
]

describe('hostile tables', () => {
  test('there are fifty of them and more', () => expect(CASES.length).toBeGreaterThanOrEqual(50))

  test('none crashes anything, each is told with what to do, its right rows are kept and nothing else, in bounded memory', async () => {
    await send(HEAD + many(5_000, (n) => good(`warm-${n}`))) // what the process takes for itself once it works
    await preview(HEAD + many(5_000, (n) => good(`warm-${n}`)))
    const before = await residentBytes()
    for (const [name, body, accepted, code] of CASES) {
      const had = await records()
      expect.soft(await preview(body), `${name}, preview`).toBeOneOf([200, 400])
      expect.soft(await records(), `${name}, preview`).toBe(had)
      const { status, told } = await send(body)
      expect.soft(status, name).toBeOneOf([200, 400, 422])
      expect.soft((await records()) - had, name).toBe(accepted)
      const problems = status === 400 ? [{ code: told.code!, message: told.detail!, fix: told.fix! }] : told.problems
      if (code === null) expect.soft(problems, name).toEqual([])
      else if (code !== 'any')
        expect
          .soft(
            problems.map((problem) => problem.code),
            name,
          )
          .toContain(code)
      for (const problem of problems) expect.soft(problem, name).toMatchObject({ message: expect.any(String), fix: expect.any(String) })
      expect.soft((await fetch(`${server.url}/readyz`)).status, name).toBe(200)
    }
    expect((await residentBytes()) - before).toBeLessThan(250 * 1024 * 1024)
  })

  test('whatever bytes come, the answer is an answer', async () => {
    const piece = fc.oneof(
      fc
        .constantFrom(
          '"',
          ',',
          ';',
          '\n',
          '\r\n',
          '\0',
          'id',
          'title',
          'opened',
          '2026-05-04',
          '{',
          '}',
          '[',
          ']',
          ':',
          '\\',
          'sep=;',
          '\uFEFF',
          '\u2028',
        )
        .map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 6 }).map((one) => Buffer.from(one)),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
        const body = bytes(Buffer.concat(pieces))
        expect((await send(body)).status).toBeOneOf([200, 400, 422])
        expect(await preview(body)).toBeOneOf([200, 400])
      }),
      { numRuns: 100 },
    )
  })

  test('a sender that breaks off half-way loses nothing that was kept, and sending it again brings the rest', async () => {
    const text = HEAD + many(30_000, (n) => good(`half-${n}`))
    const had = await records()
    const breaking = new AbortController()
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(Buffer.from(text.slice(0, text.length >> 1)))
        await expect.poll(records, { timeout: 30_000 }).toBeGreaterThan(had)
        breaking.abort()
      },
    })
    const sent = fetch(`${server.url}/api/tables?mapping=faults&file=half.csv&fingerprint=half`, {
      method: 'POST',
      body,
      duplex: 'half',
      signal: breaking.signal,
    } as RequestInit)
    await expect(sent).rejects.toThrow()
    const whole = await fetch(`${server.url}/api/tables?mapping=faults&file=half.csv&fingerprint=half`, { method: 'POST', body: text })
    const told = (await whole.json()) as Told
    expect(told).toMatchObject({ rows: 30_000, rejected: 0, revised: 0 })
    expect(told.accepted + told.duplicates).toBeLessThan(30_000) // it went on where it was
    expect((await records()) - had).toBe(30_000)
  })
})

test('a file of 45 MB on the command line streams in bounded memory', async () => {
  const peak = async (rows: number) => {
    const file = join(files, `${rows}.csv`)
    writeFileSync(file, HEAD + many(rows, (n) => `same-${n % 50},${'long words '.repeat(20)},2026-05-04T10:00:00Z\n`))
    const measured = join(files, 'peak')
    const run = await startCommand(['import', file, '--map', 'faults', '--json'], {
      data,
      // Garbage is cleared in time rather than when there is leisure, so that what is left is what is held.
      nodeArgs: ['--max-old-space-size=128', '--import', new URL('../../support/peak-memory.ts', import.meta.url).href],
      env: { PEAK_MEMORY: measured },
    }).ended
    expect(JSON.parse(run.out)).toMatchObject({ rows, rejected: 0 })
    return Number(readFileSync(measured, 'utf8'))
  }
  const small = await peak(20_000)
  expect((await peak(180_000)) - small).toBeLessThan(100 * 1024 * 1024)
}, 300_000)
