import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Hono } from 'hono'
import { testStore } from '../../../test/support/store.ts'
import type { Ground } from '../../ground/index.ts'
import { groundOn } from '../../main.ts'
import { operations } from './api.ts'
import { createApp } from './app.ts'
import type { DoorEnv } from './caller.ts'

let ground: Ground
let app: Hono<DoorEnv>
let reader: string
let writer: string

beforeAll(async () => {
  ground = groundOn(await testStore(), Date.now, Buffer.alloc(32, 1))
  app = createApp({
    ground,
    operations,
    localKey: 'local',
    version: '0.0.0',
    health: { loading: () => null, store: () => ground.store.health() },
  })
  const person = 'user:default/u1'
  reader = (await ground.identity.createToken({ name: 'reads', scopes: ['read'], person }, person)).secret
  writer = (await ground.identity.createToken({ name: 'writes', scopes: ['write'], person }, person)).secret
})
afterAll(() => ground.store.close())

const send = (method: string, path: string, body: unknown, token?: string) =>
  app.request(`http://localhost/api${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
  })
const entity = (kind: string, name: string, spec: object) => ({
  apiVersion: 'throughline.dev/v1',
  kind,
  metadata: { name, title: name },
  spec,
})

test('several entities are written together or not at all, and the refusal says which; the same way takes them back', async () => {
  const good = [
    entity('Vision', 'vision', { statement: 'Parcels come when promised.' }),
    entity('Outcome', 'calm', { statement: 'Quiet nights.' }),
  ]
  const bad = entity('Outcome', 'worse', { statement: 'Fast.', target: { value: 1 } })
  const refused = await send('PUT', '/entities-together', { write: [...good, bad].map((one) => ({ ...one, expectedVersion: 0 })) }, writer)
  expect(refused.status).toBe(422)
  expect((await refused.json()) as object).toMatchObject({ detail: expect.stringMatching(/^"worse": /) })
  expect(await ground.catalog.count({})).toBe(0)
  const written = (await (await send('PUT', '/entities-together', { write: good }, writer)).json()) as {
    written: { ref: string; version: number }[]
  }
  const remove = written.written.map(({ ref, version }) => ({ ref, expectedVersion: version }))
  expect((await send('PUT', '/entities-together', { remove: [...remove, { ref: 'outcome:default/nothing' }] }, writer)).status).toBe(404)
  expect(await ground.catalog.count({})).toBe(2)
  expect((await send('PUT', '/entities-together', { remove }, writer)).status).toBe(200)
  expect(await ground.catalog.count({})).toBe(0)
})

test('where every request needs a token, a link opens the one thing it was made for, and nothing else', async () => {
  await send('PUT', '/entities-together', { write: [entity('Vision', 'vision', { statement: 'Parcels come when promised.' })] }, writer)
  expect((await send('POST', '/vision/links', {}, reader)).status).toBe(403)
  const { path, link } = (await (await send('POST', '/vision/links', {}, writer)).json()) as { path: string; link: { id: string } }
  const secret = path.split('#')[1]!
  const opened = await send('POST', '/shared/vision', { secret })
  expect(await opened.json()).toMatchObject({ title: 'vision', statement: 'Parcels come when promised.', review: null })
  expect(opened.headers.get('cache-control')).toBe('no-store')
  expect(opened.headers.get('x-robots-tag')).toContain('noindex')
  expect(opened.headers.get('set-cookie')).toBeNull()

  expect((await app.request('http://localhost/api/vision')).status).toBe(401)
  expect((await app.request('http://localhost/api/vision', { headers: { authorization: `Bearer ${secret}` } })).status).toBe(401)
  expect((await send('POST', '/shared/review', { secret })).status).toBe(404)
  expect((await send('POST', '/shared/review/sign', { secret })).status).toBe(404)
  expect((await send('POST', '/shared/vision', { secret: `${secret.slice(0, -1)}!` })).status).toBe(404)
  expect((await send('POST', '/shared/vision', {})).status).toBe(400)

  expect(
    (await app.request(`http://localhost/api/links/${link.id}`, { method: 'DELETE', headers: { authorization: `Bearer ${writer}` } }))
      .status,
  ).toBe(200)
  const gone = await send('POST', '/shared/vision', { secret })
  expect(gone.status).toBe(410)
  expect(await gone.json()).toMatchObject({ code: 'link.revoked' })
})
