import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SentSpan, traceBytes, traceJson } from '../../../test/support/otlp.ts'
import { testStore } from '../../../test/support/store.ts'
import type { Ground } from '../../ground/index.ts'
import { sql } from '../../ground/store/index.ts'
import { groundOn } from '../../main.ts'
import { operations } from './api.ts'
import { createApp } from './app.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const MINUTE = 60_000
const PROTOBUF = { 'content-type': 'application/x-protobuf' }
const JSON_TYPE = { 'content-type': 'application/json' }

let ground: Ground
let app: ReturnType<typeof createApp>

beforeAll(async () => {
  ground = groundOn(await testStore(), () => NOW, Buffer.alloc(32, 1))
  app = newApp()
})
afterAll(() => ground.store.close())

function newApp() {
  return createApp({ ground, operations, localKey: 'k', version: '0', health: { loading: () => null, store: () => ground.store.health() } })
}

const send = (path: string, body: Buffer | string, headers: Record<string, string> = PROTOBUF, to = app) =>
  to.request(path, {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: { host: 'localhost', ...headers },
  })

let spans = 0
function span(more: Partial<SentSpan> = {}): SentSpan {
  spans += 1
  const id = spans.toString(16).padStart(16, '0')
  return { trace: id.padStart(32, 'a'), span: id, name: 'GET /orders/17', kind: 2, at: NOW - MINUTE, ms: 10, ...more }
}
const from = (service: string, ...sent: SentSpan[]) => [{ resource: { 'service.name': service }, spans: sent }]

function minutes(service: string) {
  return ground.store.query<{ operation: string; kind: string; minute: number; calls: number; errors: number; durations: number[][] }>(
    sql`select operation, kind, minute, calls, errors, durations from telemetry_minute where service = ${`component:default/${service}`} order by operation, minute`,
  )
}

test('spans of both encodings are counted by service, operation and minute, without the values in their names', async () => {
  const sent = [
    span(),
    span({ ms: 10, isError: true }),
    span({ ms: 90_000, attributes: { 'http.route': '/orders/{id}', 'http.request.method': 'GET' } }),
  ]
  const first = await send('/v1/traces', gzipSync(traceBytes(from('shop', ...sent))), { ...PROTOBUF, 'content-encoding': 'gzip' })
  expect(first.status).toBe(200)
  expect(first.headers.get('content-type')).toBe('application/x-protobuf')
  expect((await first.arrayBuffer()).byteLength).toBe(0)
  const second = await send('/v1/traces', JSON.stringify(traceJson(from('shop', span(), span()))), JSON_TYPE)
  expect(await second.json()).toEqual({})
  expect(await minutes('shop')).toEqual([
    // 10 ms lie in the bucket above 2^(26/8) = 9.51 ms.
    { operation: 'GET /orders/<*>', kind: 'server', minute: NOW - MINUTE, calls: 4, errors: 1, durations: [[26, 4]] },
    { operation: 'GET /orders/{id}', kind: 'server', minute: NOW, calls: 1, errors: 0, durations: [[131, 1]] },
  ])
})

test('a body that is sent again counts once, also by another process, and again after an hour', async () => {
  const body = traceBytes(from('again', span()))
  const answers = await Promise.all([
    send('/v1/traces', body),
    send('/v1/traces', body),
    send('/v1/traces', gzipSync(body), { ...PROTOBUF, 'content-encoding': 'gzip' }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  await send('/v1/traces', body, PROTOBUF, newApp())
  expect(await minutes('again')).toMatchObject([{ calls: 1 }])
  await ground.store.query(sql`update telemetry_body set at = at - interval '61 minutes'`)
  await send('/v1/traces', body)
  expect(await minutes('again')).toMatchObject([{ calls: 2 }])
})

test('spans that cannot be counted are told, the others are counted', async () => {
  const answer = await send(
    '/v1/traces',
    JSON.stringify(traceJson(from('partly', span(), span({ at: NOW - 30 * 24 * 60 * MINUTE }), span({ at: NOW + 5 * 60 * MINUTE })))),
    JSON_TYPE,
  )
  expect(answer.status).toBe(200)
  const { partialSuccess } = (await answer.json()) as { partialSuccess: { rejectedSpans: string; errorMessage: string } }
  expect(partialSuccess.rejectedSpans).toBe('2')
  expect(partialSuccess.errorMessage).toMatch(/older than 8 days.*of the future/)
  expect(await minutes('partly')).toMatchObject([{ calls: 1 }])
})

test('what cannot be read is refused in the words and the encoding of the protocol, and nothing of it is counted', async () => {
  const whole = traceBytes(from('broken', span(), span()))
  for (let length = whole.length - 1; length > 0; length -= 7) {
    const cut = await send('/v1/traces', whole.subarray(0, length))
    expect([cut.status, cut.headers.get('content-type')]).toEqual([400, 'application/x-protobuf'])
    const status = Buffer.from(await cut.arrayBuffer())
    expect([...status.subarray(0, 2)]).toEqual([0x08, 3]) // code: INVALID_ARGUMENT
    expect(status.toString()).toMatch(/a message ends in the middle of field \d+, at byte \d+/)
  }
  const bad = await send(
    '/v1/traces',
    JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ kind: 'SPAN_KIND_SERVER' }] }] }] }),
    JSON_TYPE,
  )
  expect(bad.status).toBe(400)
  expect(await bad.json()).toEqual({
    code: 3,
    message: expect.stringContaining('resourceSpans[0].scopeSpans[0].spans[0].kind is not a number'),
  })
  expect((await send('/v1/traces', 'x', { 'content-type': 'text/plain' })).status).toBe(415)
  expect((await send('/v1/traces', whole, { ...PROTOBUF, 'content-encoding': 'gzip' })).status).toBe(400)
  expect(await minutes('broken')).toEqual([])
})

test('a small body that unpacks to more than 64 MiB is refused', async () => {
  const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024))
  const answer = await send('/v1/logs', bomb, { ...PROTOBUF, 'content-encoding': 'gzip' })
  expect(answer.status).toBe(413)
})

test('operations beyond a hundred of a kind are counted together', async () => {
  const letters = (n: number) => String.fromCharCode(97 + Math.floor(n / 26), 97 + (n % 26))
  await send('/v1/traces', traceBytes(from('wide', ...Array.from({ length: 130 }, (_, n) => span({ name: `GET /${letters(n)}` })))))
  const found = await minutes('wide')
  expect(found).toHaveLength(101)
  expect(found.find(({ operation }) => operation === '(other)')).toMatchObject({ calls: 30 })
})

test('where the store cannot take it a sender is asked to come back; a token is needed where there are any', async () => {
  await ground.store.query(sql`alter table telemetry_minute add constraint none check (service <> 'component:default/full')`)
  const answer = await send('/v1/traces', traceBytes(from('full', span())))
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  await ground.store.query(sql`alter table telemetry_minute drop constraint none`)

  const { secret } = (await (
    await app.request('/api/tokens', {
      method: 'POST',
      body: JSON.stringify({ person: 'user:default/u1', scopes: ['evidence:write'] }),
      headers: { host: 'localhost', ...JSON_TYPE },
    })
  ).json()) as { secret: string }
  const body = traceBytes(from('guarded', span()))
  expect((await send('/v1/traces', body)).status).toBe(401)
  expect((await send('/v1/traces', body, { ...PROTOBUF, authorization: `Bearer ${secret}` })).status).toBe(200)
})
