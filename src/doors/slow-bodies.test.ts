import type { Server } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testStore } from '../../test/support/store.ts'
import type { Ground } from '../ground/index.ts'
import { groundOn } from '../main.ts'
import { operations } from './http/api.ts'
import { createApp } from './http/app.ts'
import { cutSlowBodies } from './slow-bodies.ts'

const PATIENCE = { idleMs: 300, wholeMs: 1_200, lookMs: 20 }
let ground: Ground
let server: Server
let port: number
const failures: unknown[] = []

beforeAll(async () => {
  ground = groundOn(await testStore(), Date.now, Buffer.alloc(32, 1))
  const app = createApp({
    ground,
    operations,
    localKey: 'local-key',
    version: '0.0.0',
    health: { loading: () => null, store: () => ground.store.health() },
    onError: (error) => failures.push(error),
  })
  port = await new Promise((ready) => {
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, (info) => ready(info.port)) as Server
  })
  cutSlowBodies(server, PATIENCE)
})
afterAll(async () => {
  await new Promise((done) => server.close(done))
  await ground.store.close()
})

/** Sends a request piece by piece, each after a while, for as long as it is listened to. */
async function send(path: string, type: string, pieces: readonly string[], everyMs: number) {
  const socket = connect(port, '127.0.0.1')
  const began = performance.now()
  let said = ''
  let hungUp = false
  socket.on('data', (piece) => (said += piece.toString()))
  socket.on('error', () => (hungUp = true))
  const closed = new Promise<void>((done) => socket.on('close', () => done()))
  const length = pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0)
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: ${type}\r\nconnection: close\r\ncontent-length: ${length}\r\n\r\n`,
  )
  let sent = 0
  for (const piece of pieces) {
    await Promise.race([after(everyMs), closed])
    if (socket.destroyed || hungUp || said !== '') break
    socket.write(piece)
    sent += 1
  }
  await closed
  const [head = '', body = ''] = said.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), body, head, sent, seconds: (performance.now() - began) / 1_000 }
}
const letters = (text: string) => [...text]

test('a sender that stops in the middle is told so and hung up on, on every route', async () => {
  for (const path of ['/api/connections', '/api/evidence', '/hooks/none/none']) {
    const { status, body, head } = await send(path, 'application/json', ['{"source":', 'never'], 900)
    // Who is turned away before anything is read hears that instead.
    if (path.startsWith('/hooks')) expect([404, 408]).toContain(status)
    else expect(status, path).toBe(408)
    if (status === 408) expect(JSON.parse(body)).toMatchObject({ code: 'http.too_slow', status: 408 })
    expect(head.toLowerCase()).toContain('connection: close')
  }
})

test('a body that trickles in has to be whole in time on an ordinary route', async () => {
  const { status, sent, seconds } = await send(
    '/api/connections',
    'application/json',
    letters('{"source":"github","name":"'.padEnd(60, 'x')),
    100,
  )
  expect(status).toBe(408)
  expect(sent).toBeLessThan(60)
  expect(seconds).toBeGreaterThan(1.1)
})

test('an import goes on as long as bytes arrive, however long that takes', async () => {
  const line = `${JSON.stringify({ kind: 'event', source: 'slow', id: '1', subject: 'component:default/slow', at: '2026-05-01T10:00:00Z', type: 'x', data: {} })}\n`
  const size = Math.ceil(line.length / 20)
  const pieces = Array.from({ length: 20 }, (_, index) => line.slice(index * size, (index + 1) * size))
  const { status, body, seconds } = await send('/api/evidence', 'application/x-ndjson', pieces, 100)
  expect(seconds).toBeGreaterThan(1.8)
  expect(status).toBe(200)
  expect(body).toContain('"accepted":1')
})

test('requests that come in one go, with a body and without, are not touched, and nothing failed on our side', async () => {
  const base = `http://127.0.0.1:${port}`
  expect((await fetch(`${base}/healthz`)).status).toBe(200)
  const made = await fetch(`${base}/api/connections`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source: 'github' }),
  })
  expect(made.status).toBe(200)
  expect(failures).toEqual([])
})
