import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { dataFolder } from '../../support/store.ts'
import { type Body, event, lines, type Server, startServer } from '../../support/throughline.ts'

let server: Server
let remove: () => Promise<void>
beforeAll(async () => {
  const made = await dataFolder()
  remove = made.remove
  server = await startServer({ data: made.folder })
})
afterAll(async () => {
  await server.stop()
  await remove()
})
/** Whatever came, the server is up and ready, and saw nothing it had to call a bug. */
afterEach(async () => {
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
})

interface Answer {
  accepted: number
  revised: number
  duplicates: number
  rejected: number
  problems: { code: string; line: number; message: string; fix: string }[]
}
const send = async (body: Body, headers?: Record<string, string>) => (await server.post(body, headers)).json() as Promise<Answer>
const kept = async (id: string) => (await fetch(`${server.url}/api/records/event:faults/${encodeURIComponent(id)}`)).status === 200

/** A body in pieces of our choosing. */
function pieces(list: Iterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = list[Symbol.iterator]()
  return new ReadableStream({
    pull(controller) {
      const next = iterator.next()
      if (next.done) controller.close()
      else controller.enqueue(typeof next.value === 'string' ? new TextEncoder().encode(next.value) : next.value)
    },
  })
}

describe('huge and deep', () => {
  test('a line of 100 MB is rejected with its number in bounded memory, and the lines around it are kept', async () => {
    const residentBytes = async () =>
      Number(/^process_resident_memory_bytes (\d+)$/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1])
    function* body(megabytes: number) {
      yield `${lines([event('before')])}{"kind":"event","data":"`
      for (let sent = 0; sent < megabytes; sent += 1) yield 'x'.repeat(1024 * 1024)
      yield `"}\n${lines([event('after')])}`
    }
    await send(pieces(body(30))) // what the process takes for itself once it works
    const before = await residentBytes()
    const answer = await send(pieces(body(100)))
    expect(answer).toMatchObject({ duplicates: 2, rejected: 1, problems: [{ code: 'ndjson.too_long', line: 2, fix: expect.any(String) }] })
    expect((await residentBytes()) - before).toBeLessThan(70 * 1024 * 1024)
  })

  test('JSON nested a hundred thousand deep is rejected with its line', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(await send(`${lines([event('shallow')])}{"kind":"event","data":${deep}}\n`)).toMatchObject({
      accepted: 1,
      rejected: 1,
      problems: [{ code: 'evidence.too_deep', line: 2 }],
    })
    const batch = await fetch(`${server.url}/api/apply`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"folder":"/deep","drafts":[{"apiVersion":"throughline.dev/v1","kind":"Outcome","metadata":{"name":"deep"},"spec":{"a":${deep}}}]}`,
    })
    expect([batch.status, await batch.json()]).toMatchObject([200, { created: 0, problems: [{ severity: 'error' }] }])
  })

  test('an ordinary operation refuses a body over its limit', async () => {
    const response = await fetch(`${server.url}/api/suggestions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from: 'x'.repeat(2_000_000) }),
    })
    expect([response.status, await response.json()]).toMatchObject([413, { code: 'input.too_large', fix: expect.any(String) }])
  })

  test('a long line that comes in pieces holds nobody up longer when it is the first than when it is the second', async () => {
    const heldUp = async (id: string, before: string) => {
      await fetch(`${server.url}/metrics`) // the longest delay is since this was last asked
      function* body() {
        const text = before + JSON.stringify(event(id, { data: 'x'.repeat(60_000) }))
        for (let at = 0; at < text.length; at += 16_000) yield text.slice(at, at + 16_000)
      }
      expect(await send(pieces(body()))).toMatchObject({ accepted: before ? 2 : 1, rejected: 0 })
      return Number(/^throughline_event_loop_delay_max_seconds (\S+)$/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1])
    }
    const second = await heldUp('long second', lines([event('short first')]))
    // To look for its end from every place took seconds; a busy machine takes tenths of one.
    expect(await heldUp('long first', '')).toBeLessThan(Math.max(second * 5, 0.5))
  })
})

describe('wrongly encoded', () => {
  const text = lines([event('encoded', { data: 'Größe' })])
  test.each([
    ['UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]), /UTF-16/],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le'), /UTF-16 without a mark/],
    ['UTF-16 the other way round', Buffer.from(text, 'utf16le').swap16(), /UTF-16 without a mark/],
    ['Latin-1', Buffer.from(text, 'latin1'), /not UTF-8: byte \d+/],
    ['compressed', gzipSync(text), /compressed/],
    ['compressed and cut off', gzipSync(text).subarray(0, 30), /compressed/],
    ['zero bytes alone', Buffer.alloc(100), /not JSON/],
  ])('%s is refused with its line and what to do', async (_, bytes, message) => {
    const response = await server.post(new Uint8Array(bytes))
    expect([response.status, await response.json()]).toMatchObject([
      422,
      { accepted: 0, rejected: 1, problems: [{ line: 1, message: expect.stringMatching(message), fix: expect.any(String) }] },
    ])
  })

  test('a byte order mark is no fault; bytes that are no UTF-8 spoil their own line alone', async () => {
    const bad = Buffer.concat([Buffer.from('{"kind":"event","id":"'), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('"}\n')])
    const body = Buffer.concat([Buffer.from(`\uFEFF${lines([event('marked')])}`), bad, Buffer.from(lines([event('behind')]))])
    expect(await send(new Uint8Array(body))).toMatchObject({ accepted: 2, rejected: 1, problems: [{ code: 'ndjson.not_utf8', line: 2 }] })
  })

  test('zero characters and halves of characters are kept in data and refused in names', async () => {
    const answer = await send(
      lines([
        event('zero', { data: { text: 'a\0b', 'k\0': 1 }, type: 't\0' }),
        event('half', { data: { text: 'a\ud800b', 'k\udfff': 1 }, type: 't\ud800' }),
        event('zero\0in a name'),
        event('half\ud800in a name'),
      ]),
    )
    expect(answer).toMatchObject({ accepted: 2, rejected: 2, problems: [{ line: 3 }, { line: 4 }] })
    expect([await kept('zero'), await kept('half')]).toEqual([true, true])
  })

  test('a zero character anywhere else, and an address with broken escapes, are refused as the caller’s', async () => {
    const label = await fetch(`${server.url}/api/imports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ label: 'a\0b', format: 'ndjson' }),
    })
    expect([label.status, await label.json()]).toMatchObject([400, { code: 'input.not_text', fix: expect.any(String) }])
    for (const path of ['/api/decisions/%E0%A4%A', '/%E0%A4%A', '/assets/a%00.js'])
      expect((await fetch(server.url + path)).status, path).toBeOneOf(path.startsWith('/%') ? [200, 404] : [400, 404])
  })
})

describe('cut off', () => {
  test('in the middle of a line, the whole lines are kept and the rest is named', async () => {
    const answer = await send(`${lines([event('whole')])}${JSON.stringify(event('cut')).slice(0, 40)}`)
    expect(answer).toMatchObject({ accepted: 1, rejected: 1, problems: [{ line: 2 }] })
  })

  test('in the middle of a list, the elements before are kept and the rest is named', async () => {
    const answer = await send(JSON.stringify([event('first of list'), event('cut of list')]).slice(0, -30))
    expect(answer).toMatchObject({ accepted: 1, rejected: 1, problems: [{ code: 'ndjson.cut_off' }] })
  })

  test('by a connection that breaks: nothing of the batch under way is kept, and others are served', async () => {
    const body = lines(Array.from({ length: 2_500 }, (_, n) => event(`broken-${n}`)))
    const socket = connect(server.port, '127.0.0.1')
    socket.write(
      `POST /api/evidence HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-ndjson\r\ncontent-length: ${body.length * 2}\r\n\r\n`,
    )
    await new Promise<void>((sent) => socket.write(body, () => sent()))
    await expect.poll(() => kept('broken-1999'), { timeout: 30_000 }).toBe(true) // the first batch is full
    socket.destroy()
    await new Promise((resolve) => socket.on('close', resolve))
    expect(await send(lines([event('broken-2499')]))).toMatchObject({ accepted: 1 })
    expect(await send(body)).toMatchObject({ accepted: 499, duplicates: 2_001, rejected: 0 })
  })
})

describe('repeated and reordered', () => {
  const records = [0, 1, 2, 3, 4].map((hour) =>
    event('ordered', { at: `2026-05-04T0${hour}:00:00Z`, data: { hour }, ...(hour % 2 ? { type: `t${hour}` } : { note: `n${hour}` }) }),
  )
  const stateOf = async (source: string) => {
    const { revisions } = await server.get<{ revisions: { learnedTo: string | null; state: unknown }[] }>(
      `/api/records/event:${source}/ordered`,
    )
    return revisions.filter(({ learnedTo }) => learnedTo === null).map(({ state }) => state)
  }

  test('the same evidence twice is all duplicates', async () => {
    const body = lines(Array.from({ length: 100 }, (_, n) => event(`twice-${n}`)))
    expect(await send(body)).toMatchObject({ accepted: 100, duplicates: 0 })
    expect(await send(body)).toMatchObject({ accepted: 0, revised: 0, duplicates: 100, rejected: 0 })
  })

  test('in any order and any repetition, over any number of posts, a record comes to the same state', async () => {
    let run = 0
    await send(lines(records.map((record) => ({ ...record, source: 'in-order' }))))
    const wanted = await stateOf('in-order')
    expect(wanted).toMatchObject([{ data: { hour: 4 }, type: 'test', note: 'n4' }])
    const arrival = fc
      .tuple(
        fc.shuffledSubarray([...records.keys()], { minLength: records.length }),
        fc.array(fc.nat({ max: records.length - 1 }), { maxLength: 5 }),
        fc.nat({ max: 9 }),
      )
      .map(([order, again, cut]) => ({ order: [...order, ...again], cut }))
    await fc.assert(
      fc.asyncProperty(arrival, async ({ order, cut }) => {
        const source = `shuffled-${(run += 1)}`
        const coming = order.map((n) => ({ ...records[n]!, source }))
        for (const part of [coming.slice(0, cut), coming.slice(cut)]) if (part.length) await send(lines(part))
        expect(await stateOf(source)).toEqual(wanted)
      }),
      { numRuns: 25 },
    )
  })
})

test('no address leads to a file outside of the web app', async () => {
  const ways = ['/assets/../../../package.json', '/../../package.json', '/../web.secret', '/assets/../../../../../../../../../etc/passwd']
  for (const way of ways)
    for (const path of [way.replaceAll('../', '..%2f'), way.replaceAll('../', '%2e%2e%2f'), way.replaceAll('../', '..%5c')]) {
      const socket = connect(server.port, '127.0.0.1')
      socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`)
      const answer = Buffer.concat(await Array.fromAsync(socket as AsyncIterable<Buffer>)).toString()
      expect(answer, path).not.toMatch(/"name": "throughline"|root:/)
      expect(answer, path).toMatch(/^HTTP\/1\.1 (404|200 OK\r\n[^]*text\/html)/)
    }
})

test('keys that would reach into the program are data like any other', async () => {
  const line = lines([event('proto')]).replace(
    '"data":',
    '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"data":',
  )
  expect(await send(line)).toMatchObject({ accepted: 1 })
  expect(await server.get('/api/session')).toMatchObject({ guarded: false, person: 'user:default/local', scopes: ['admin'] })
})
