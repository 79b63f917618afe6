import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { operations } from '../../../src/doors/http/api.ts'
import { createApp } from '../../../src/doors/http/app.ts'
import type { Ground } from '../../../src/ground/index.ts'
import { groundOn } from '../../../src/main.ts'
import { testStore } from '../../support/store.ts'
import { cdEvent, VERSIONS } from './payloads.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
let ground: Ground
let app: ReturnType<typeof createApp>
let to: { id: string; path: string; secrets: { webhook: string } }

beforeAll(async () => {
  ground = groundOn(await testStore(), () => NOW, Buffer.alloc(32, 1))
  app = createApp({ ground, operations, localKey: 'k', version: '0', health: { loading: () => null, store: () => ground.store.health() } })
  to = (await ask('/api/connections', { source: 'cloudevents' })).body as typeof to
})
afterAll(() => ground.store.close())

async function ask(path: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

function sign(id: string, body: string, { secret = to.secrets.webhook, at = NOW }: { secret?: string; at?: number } = {}): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key)
    .update(`${id}.${at / 1000}.${body}`)
    .digest('base64')}`
}
/** A delivery by the Standard Webhooks specification. */
function deliver(id: string, event: unknown, more: { signature?: string; at?: number; headers?: Record<string, string> } = {}) {
  const { at = NOW } = more
  const body = JSON.stringify(event)
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(at / 1000),
    'webhook-signature': more.signature ?? sign(id, body, { at }),
  }
  return ask(to.path, body, { ...headers, ...more.headers })
}

let n = 0
const cloudEvent = (more: object = {}) => ({
  specversion: '1.0',
  id: `e-${(n += 1)}`,
  source: 'https://ci.example/acme/parcels',
  type: 'example.acme.parcel.sent',
  time: '2026-05-04T09:30:00Z',
  data: { weight: 2 },
  ...more,
})
const accepted = (count: number) => ({ status: 200, body: { accepted: count, rejected: 0 } })

test('the secret made here is one that libraries of the specification take', () => {
  expect(to.secrets.webhook).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
})

test('one event, a CDEvent or a batch is taken when it is signed; one right signature among several is enough', async () => {
  expect(await deliver('a1', cloudEvent())).toMatchObject(accepted(1))
  expect(await deliver('a2', cdEvent('service.deployed', VERSIONS[2], true))).toMatchObject(accepted(1))
  expect(await deliver('a3', [cloudEvent(), cloudEvent()])).toMatchObject(accepted(2))
  expect(await deliver('a4', [])).toMatchObject({ status: 200, body: { accepted: 0, ignored: expect.any(String) } })
  const event = cloudEvent()
  const signature = `v1,${'A'.repeat(43)}= v1a,asymmetric ${sign('a5', JSON.stringify(event))}`
  expect(await deliver('a5', event, { signature })).toMatchObject(accepted(1))
})

/** What a broker hears that was not sure whether its event arrived. */
const known = { status: 200, body: { accepted: 0, revised: 0, rejected: 0, ignored: 'This delivery was taken before.' } }

test('a wrong and an old signature are turned away; what was taken is acknowledged again, and does nothing', async () => {
  const event = cloudEvent()
  const wrong = sign('b1', JSON.stringify(event), { secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` })
  expect(await deliver('b1', event, { signature: wrong })).toMatchObject({ status: 401, body: { code: 'hook.signature' } })
  expect(await deliver('b1', event, { at: NOW - 301_000 })).toMatchObject({ status: 401, body: { code: 'hook.stale' } })
  expect(await deliver('b1', event, { at: NOW + 301_000 })).toMatchObject({ status: 401, body: { code: 'hook.stale' } })
  expect(await deliver('b1', event, { at: NOW - 299_000 })).toMatchObject(accepted(1))
  expect(await deliver('b1', event)).toMatchObject(known)
  expect(await ask(to.path, cloudEvent())).toMatchObject({ status: 401, body: { code: 'hook.unsigned' } })
})

test('a sender that cannot sign shows the secret; in binary form the attributes tell two events apart', async () => {
  const { data, ...attributes } = cloudEvent()
  const headers = (id: string) => ({
    authorization: `Bearer ${to.secrets.webhook}`,
    ...Object.fromEntries(Object.entries({ ...attributes, id }).map(([name, value]) => [`ce-${name}`, value])),
  })
  expect(await ask(to.path, data, headers('c1'))).toMatchObject(accepted(1))
  expect(await ask(to.path, data, headers('c2'))).toMatchObject(accepted(1))
  expect(await ask(to.path, data, headers('c2'))).toMatchObject(known)
  expect(await ask(to.path, data, { ...headers('c3'), authorization: 'Bearer guessed' })).toMatchObject({
    status: 401,
    body: { code: 'hook.signature' },
  })
  expect(await ask(to.path, 'not json', headers('c4'))).toMatchObject({ status: 400, body: { code: 'cloudevents.not_json' } })
})

test('of a batch each event that does not fit is a reject of its own, named and read again alone', async () => {
  const before = (await ground.intake.rejects({ limit: 1 })).total
  const batch = [cloudEvent(), cloudEvent({ source: '' }), cloudEvent(), cloudEvent({ time: 'soon' })]
  expect(await deliver('d1', batch)).toMatchObject({
    status: 200,
    body: { accepted: 2, rejected: 2, problems: [{ path: 'source' }, { path: 'time' }] },
  })
  const { total, rejects } = await ground.intake.rejects({ limit: 2 })
  expect(total - before).toBe(2)
  const raw = JSON.parse(await ground.intake.rejectBody(rejects[0]!.id)) as { connection: string; body: unknown }
  expect([raw.connection, raw.body]).toEqual([to.id, batch[3]])
  expect(await ground.intake.retry({ id: rejects[0]!.id }, 'user:default/me')).toEqual({ retried: 1, accepted: 0, rejected: 1 })
})

test('a sender that asks whether it may send is told so at the right address alone', async () => {
  const ask = (path: string, origin?: string) =>
    app.request(path, { method: 'OPTIONS', headers: origin ? { 'webhook-request-origin': origin } : {} })
  const answer = await ask(to.path, 'events.example')
  expect(answer.status).toBe(204)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    allow: 'POST, OPTIONS',
    'webhook-allowed-origin': 'events.example',
    'webhook-allowed-rate': '*',
  })
  expect((await ask(to.path)).headers.get('webhook-allowed-origin')).toBeNull()
  expect((await ask(`${to.path}x`, 'events.example')).status).toBe(404)
})
