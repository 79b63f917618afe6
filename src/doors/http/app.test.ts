import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Hono } from 'hono'
import { testStore } from '../../../test/support/store.ts'
import type { Ground } from '../../ground/index.ts'
import { groundOn } from '../../main.ts'
import { operations } from './api.ts'
import { createApp } from './app.ts'
import type { DoorEnv } from './caller.ts'

let ground: Ground
let app: Hono<DoorEnv>
const LOCAL_KEY = 'local-key'

beforeAll(async () => {
  ground = groundOn(await testStore(), Date.now, Buffer.alloc(32, 1))
  app = createApp({
    ground,
    operations,
    localKey: LOCAL_KEY,
    version: '0.0.0',
    health: { loading: () => null, store: () => ground.store.health() },
  })
})
afterAll(() => ground.store.close())

const send = (path: string, init: RequestInit = {}) => app.request(`http://localhost${path}`, init)

describe('the HTTP door', () => {
  test('every operation has a route and a place in the OpenAPI description', async () => {
    const document = (await (await send('/openapi.json')).json()) as {
      openapi: string
      paths: Record<string, Record<string, { operationId: string }>>
    }
    expect(document.openapi).toBe('3.1.0')
    const described = Object.values(document.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
    expect(described.sort()).toEqual(operations.map(({ id }) => id).sort())
  })

  test('operation ids and routes are unique', () => {
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length)
    expect(new Set(operations.map(({ method, path }) => `${method} ${path}`)).size).toBe(operations.length)
  })

  test('an unknown address answers with a problem that says what to do', async () => {
    const response = await send('/api/nothing-here')
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(await response.json()).toMatchObject({ code: 'http.no_route', status: 404, fix: expect.any(String) })
  })

  test('an input that does not fit is refused with its place', async () => {
    const response = await send('/api/brief?audience=nobody')
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'input.invalid', problems: [expect.objectContaining({ path: 'audience' })] })
  })

  test('a request for another host is refused, so that a rebound name cannot reach the store', async () => {
    const response = await app.request('http://evil.example/api/brief')
    expect(response.status).toBe(421)
  })

  test('a change asked for by another site is refused', async () => {
    const response = await send('/api/evidence', { method: 'POST', headers: { origin: 'https://evil.example' }, body: '{}' })
    expect(response.status).toBe(403)
  })

  test('answers carry the headers that keep other sites out', async () => {
    const { headers } = await send('/healthz')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
  })

  test('records posted are there once, however often they are posted', async () => {
    const line = JSON.stringify({
      kind: 'deployment',
      source: 'pipeline',
      id: '1',
      subject: 'component:default/shop',
      at: '2026-05-04T10:00:00Z',
      commit: 'a'.repeat(40),
      finishedAt: '2026-05-04T10:00:00Z',
      outcome: 'success',
    })
    const post = async () =>
      (await send('/api/evidence', { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body: `${line}\n` })).json()
    expect(await post()).toMatchObject({ accepted: 1, duplicates: 0, rejected: 0 })
    expect(await post()).toMatchObject({ accepted: 0, duplicates: 1, rejected: 0 })
  })

  test('a post in which nothing can be read is refused, with line and reason', async () => {
    const response = await send('/api/evidence', {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: '{"kind":"deployment"}\nnot json\n',
    })
    expect(response.status).toBe(422)
    const answer = (await response.json()) as { rejected: number; problems: { line: number }[] }
    expect(answer.rejected).toBe(2)
    expect(answer.problems.map(({ line }) => line)).toEqual([1, 2])
  })
})

describe('once a token exists', () => {
  let secret: string
  beforeAll(async () => {
    const made = await ground.identity.createToken(
      { name: 'reader', scopes: ['read'], person: 'user:default/reader' },
      'user:default/local',
    )
    secret = made.secret
  })

  test('nobody comes in without one', async () => {
    const response = await send('/api/gaps')
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
  })

  test('a reader may read and not write', async () => {
    const authorization = `Bearer ${secret}`
    expect((await send('/api/measures', { headers: { authorization } })).status).toBe(200)
    const write = await send('/api/evidence', { method: 'POST', headers: { authorization }, body: '{}' })
    expect(write.status).toBe(403)
    expect(await write.json()).toMatchObject({ code: 'auth.scope' })
  })

  test('whoever can read the data folder stays in', async () => {
    expect((await send('/api/measures', { headers: { authorization: `Bearer ${LOCAL_KEY}` } })).status).toBe(200)
  })

  test('a browser exchanges the token for a cookie that scripts cannot read', async () => {
    const response = await send('/api/session', { method: 'POST', body: JSON.stringify({ token: secret }) })
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toContain('SameSite=Strict')
    expect((await send('/api/measures', { headers: { cookie: cookie.split(';')[0]! } })).status).toBe(200)
  })
})
