import { createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import type { Ground } from '../../ground/index.ts'
import { sql } from '../../ground/store/index.ts'
import { groundOn } from '../../main.ts'
import { operations } from './api.ts'
import { createApp } from './app.ts'

let ground: Ground
let server: ReturnType<typeof serve>
let base: string

beforeAll(async () => {
  ground = groundOn(await testStore(), Date.now, Buffer.alloc(32, 1))
  const app = createApp({
    ground,
    operations,
    localKey: 'local-key',
    version: '0.0.0',
    health: { loading: () => null, store: () => ground.store.health() },
  })
  base = await new Promise((ready) => {
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => ready(`http://127.0.0.1:${port}`))
  })
})
afterAll(async () => {
  await new Promise((done) => server.close(done))
  await ground.store.close()
})

async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${base}${path}`, init)
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const call = (method: string, path: string, body?: object) =>
  ask(path, { method, headers: { 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) })

interface Connected {
  id: string
  path: string
  secrets: { webhook: string }
}
async function connect(): Promise<Connected> {
  return (await call('POST', '/api/connections', { source: 'github' })).body as unknown as Connected
}

function issue(number: number, more: object = {}) {
  return {
    action: 'opened',
    issue: { number, title: 'Slow', state: 'open', created_at: '2026-05-01T10:00:00Z', updated_at: '2026-05-01T10:00:00Z', ...more },
    repository: { name: 'Shop', full_name: 'acme/Shop' },
  }
}
function push(to: Connected, payload: unknown, { secret = to.secrets.webhook, headers = {} }: { secret?: string; headers?: object } = {}) {
  const body = Buffer.from(JSON.stringify(payload))
  return ask(to.path, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'issues',
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
      ...headers,
    },
  })
}

test('a signed delivery is kept before it is acknowledged, and shown as it was read', async () => {
  const connected = await connect()
  expect(await push(connected, issue(1))).toMatchObject({ status: 200, body: { accepted: 1, rejected: 0 } })
  const { body } = await call('GET', `/api/connections/${connected.id}`)
  expect(body).toMatchObject({
    title: 'GitHub',
    state: 'flowing',
    lastEvent: { event: 'issues', records: [{ id: 'work_item:github/acme/Shop#1', subject: 'repository:default/shop', title: 'Slow' }] },
    days: [expect.objectContaining({ deliveries: 1, accepted: 1, refused: 0 })],
  })
  expect(JSON.stringify(body)).not.toContain(connected.secrets.webhook)
})

test('a forged, an unsigned and a repeated delivery are turned away, and that is told', async () => {
  const connected = await connect()
  expect(await push(connected, issue(2), { secret: 'guessed' })).toMatchObject({ status: 401, body: { code: 'hook.signature' } })
  expect(await push(connected, issue(2), { headers: { 'x-hub-signature-256': '' } })).toMatchObject({
    status: 401,
    body: { code: 'hook.unsigned' },
  })
  expect(await push(connected, issue(2))).toMatchObject({ status: 200 })
  expect(await push(connected, issue(2))).toMatchObject({ status: 409, body: { code: 'hook.replayed' } })
  expect((await call('GET', `/api/connections/${connected.id}`)).body).toMatchObject({
    lastRefusal: { code: 'hook.replayed' },
    days: [expect.objectContaining({ deliveries: 1, refused: 3 })],
  })
})

test('settings are changed afterwards, which is noted; the secret and the address stay, and what came is read by the new ones', async () => {
  const to = await connect()
  const changed = await call('PUT', `/api/connections/${to.id}/settings`, { name: 'Shop', settings: { incidentLabels: 'outage' } })
  expect(changed).toMatchObject({ status: 200, body: { name: 'Shop', changed: ['incidentLabels'], begun: [], ended: [] } })
  expect(JSON.stringify(changed.body)).not.toContain(to.secrets.webhook)
  expect(await push(to, issue(70, { labels: [{ name: 'outage' }] }))).toMatchObject({ status: 200, body: { accepted: 2 } })
  expect(await call('PUT', `/api/connections/${to.id}/settings`, { settings: { apiAddress: 'nowhere' } })).toMatchObject({
    status: 400,
    body: { code: 'source.bad_setting', detail: expect.stringContaining('apiAddress') },
  })
  const trail = await ground.identity.auditTrail({ limit: 5 })
  expect(trail).toContainEqual(expect.objectContaining({ verb: 'connection.change', target: expect.stringContaining(to.id) }))
})

test('a wrong address is answered alike, whatever is wrong with it', async () => {
  const connected = await connect()
  const wrongKey = await push({ ...connected, path: `/hooks/${connected.id}/nearly` }, issue(3))
  const wrongId = await push({ ...connected, path: connected.path.replace(connected.id, 'nobody') }, issue(3))
  expect(wrongKey).toMatchObject({ status: 404, body: { code: 'hook.unknown' } })
  expect(wrongId.body).toEqual(wrongKey.body)
})

test('what is too large is turned away unread, packed or not', async () => {
  const connected = await connect()
  const post = (body: Buffer<ArrayBuffer>, headers: Record<string, string> = {}) => ask(connected.path, { method: 'POST', body, headers })
  expect(await post(Buffer.alloc(27 * 1024 * 1024, 'x'))).toMatchObject({ status: 413, body: { code: 'hook.too_large' } })
  const bomb = Buffer.from(gzipSync(Buffer.alloc(80 * 1024 * 1024)))
  expect(bomb.length).toBeLessThan(100_000)
  expect(await post(bomb, { 'content-encoding': 'gzip' })).toMatchObject({ status: 413, body: { code: 'hook.too_large' } })
  expect(await post(Buffer.from('not packed'), { 'content-encoding': 'gzip' })).toMatchObject({
    status: 400,
    body: { code: 'hook.encoding' },
  })
})

test('a secret that the other side makes later is given later; until then nothing is taken', async () => {
  const made = await call('POST', '/api/connections', { source: 'pagerduty' })
  const { id, path } = made.body as unknown as Connected
  const body = Buffer.from(JSON.stringify({ event: { event_type: 'pagey.ping' } }))
  const sign = (secret: string) => `v1=${createHmac('sha256', secret).update(body).digest('hex')}`
  const send = (secret: string) => ask(path, { method: 'POST', body, headers: { 'x-pagerduty-signature': sign(secret) } })
  expect(await send('')).toMatchObject({ status: 401, body: { code: 'hook.secret_awaited' } })
  const give = (secrets: object) => call('PUT', `/api/connections/${id}/secrets`, { secrets })
  expect(await give({ webhook: 'x' })).toMatchObject({ status: 400, body: { code: 'source.no_such_secret' } })
  expect(await give({ address: 'x' })).toMatchObject({ status: 400, body: { code: 'source.no_such_secret' } })
  expect(await give({ signing: ' ' })).toMatchObject({ status: 400, body: { code: 'source.secret_missing' } })
  expect(await give({ signing: 'first' })).toMatchObject({ status: 200, body: { id, given: ['signing'] } })
  expect(await send('first')).toMatchObject({ status: 200, body: { ignored: 'PagerDuty says hello: the webhook works.' } })
  await give({ signing: 'second' })
  expect(await send('first')).toMatchObject({ status: 401, body: { code: 'hook.signature' } })
})

test('an address that got out is made anew with its secret; the old ones take nothing any more', async () => {
  const old = await connect()
  expect(await push(old, issue(80))).toMatchObject({ status: 200 })
  const renewed = (await call('POST', `/api/connections/${old.id}/renew`)).body as unknown as Connected
  expect(renewed).toMatchObject({ id: old.id, secrets: { webhook: expect.any(String) } })
  expect(await push(old, issue(81))).toMatchObject({ status: 404, body: { code: 'hook.unknown' } })
  expect(await push(renewed, issue(81), { secret: old.secrets.webhook })).toMatchObject({ status: 401 })
  expect(await push(renewed, issue(81))).toMatchObject({ status: 200, body: { accepted: 1 } })
  const given = { source: 'linear', secrets: { signing: 'made-there' } }
  const { body } = await call('POST', '/api/connections', given)
  expect((await call('POST', `/api/connections/${String(body.id)}/renew`)).body).toMatchObject({ secrets: {} })
})

test('one that used to tell something daily and stopped a month ago is silent, not well, and its last word is told', async () => {
  const { id } = await connect()
  const days = Array.from({ length: 6 }, (_, n) => new Date(Date.now() - (30 + n) * 86_400_000).toISOString())
  await ground.store.query(sql`
    insert into connection_day (connection, day, deliveries, last_at)
    select ${id}, day::date, 1, day::timestamptz from unnest(${days}::text[]) as day`)
  expect((await call('GET', `/api/connections/${id}`)).body).toMatchObject({ state: 'silent', lastAt: days[0], days: [] })
})

test('a reminder is acknowledged, counted as a sign of life, and does nothing', async () => {
  const made = await call('POST', '/api/connections', { source: 'alertmanager' })
  const { id, path } = made.body as unknown as Connected
  const labels = { alertname: 'Slow', service: 'shop', severity: 'critical' }
  const alert = { status: 'firing', labels, startsAt: '2026-05-01T10:00:00Z', fingerprint: 'f1' }
  const remind = () => call('POST', path, { version: '4', alerts: [alert] })
  expect(await remind()).toMatchObject({ status: 200, body: { accepted: 1 } })
  expect(await remind()).toMatchObject({
    status: 200,
    body: { accepted: 0, revised: 0, duplicates: 0, ignored: 'This delivery was taken before.' },
  })
  expect((await call('GET', `/api/connections/${id}`)).body).toMatchObject({
    lastEvent: { records: [{ id: 'incident:alertmanager/f1/2026-05-01T10:00:00.000Z' }] },
    lastRefusal: null,
    days: [expect.objectContaining({ deliveries: 2, accepted: 1, refused: 0 })],
  })
})

test('a payload that does not fit is kept as a reject that names the field, and read again after a fix', async () => {
  const connected = await connect()
  const { issue: told, ...rest } = issue(4)
  expect(await push(connected, { ...rest, issue: { ...told, title: undefined } })).toMatchObject({
    status: 200,
    body: { accepted: 0, rejected: 1, problems: [{ path: 'issue.title' }] },
  })
  const { rejects } = await ground.intake.rejects({ limit: 1 })
  const raw = JSON.parse(await ground.intake.rejectBody(rejects[0]!.id)) as { body: { issue: object } }
  expect(raw.body.issue).toMatchObject({ number: 4 })
  expect(await ground.intake.retry({ id: rejects[0]!.id }, 'user:default/me')).toEqual({ retried: 1, accepted: 0, rejected: 1 })
})

test('a paused connection takes nothing and loses nothing: senders try again', async () => {
  const connected = await connect()
  await call('POST', `/api/connections/${connected.id}/pause`, { paused: true })
  expect(await push(connected, issue(5))).toMatchObject({ status: 409, body: { code: 'hook.paused' } })
  await call('POST', `/api/connections/${connected.id}/pause`, { paused: false })
  expect(await push(connected, issue(5))).toMatchObject({ status: 200 })
  expect(await call('DELETE', `/api/connections/${connected.id}`)).toMatchObject({ body: { removed: true } })
  expect(await push(connected, issue(6))).toMatchObject({ status: 404 })
})

test('an event nobody needs is acknowledged and said to be ignored', async () => {
  const connected = await connect()
  expect(await push(connected, { zen: 'Design for failure.' }, { headers: { 'x-github-event': 'ping' } })).toMatchObject({
    status: 200,
    body: { accepted: 0, ignored: 'GitHub says hello: the webhook works.' },
  })
})

test('a library that adds its own path to the address is answered there, and nowhere else', async () => {
  const { body: made } = await call('POST', '/api/connections', { source: 'segment', settings: { product: 'component:default/shop' } })
  const { path, secrets } = made as unknown as { path: string; secrets: { writeKey: string } }
  const send = (below: string, batch: object[]) =>
    ask(`${path}${below}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Basic ${Buffer.from(`${secrets.writeKey}:`).toString('base64')}` },
      body: JSON.stringify({ batch, writeKey: secrets.writeKey, sentAt: new Date().toISOString() }),
    })
  const track = (messageId: string, more: object = {}) => ({ type: 'track', messageId, event: 'Label Printed', userId: 'u1', ...more })
  expect(await send('/v1/batch', [track('m1'), { type: 'identify', userId: 'u1' }])).toMatchObject({ status: 200, body: { accepted: 1 } })
  expect(await send('/v1/batch/', [track('m2')])).toMatchObject({ status: 200, body: { accepted: 1 } })
  expect(await send('', [track('m3')])).toMatchObject({ status: 200, body: { accepted: 1 } })
  expect(await send('/v2/batch', [track('m4')])).toMatchObject({
    status: 404,
    body: { code: 'hook.no_such_path', fix: expect.stringContaining('v1/batch') },
  })
  expect(await push({ ...(await connect()), path: `${(await connect()).path}/v1/batch` }, issue(8))).toMatchObject({
    status: 404,
    body: { code: 'hook.no_such_path' },
  })
  expect(await send('/v1/batch', [track('m5', { properties: { note: 'x'.repeat(520_000) } })])).toMatchObject({
    status: 413,
    body: { code: 'hook.too_large' },
  })
})

test('of a batch only what is wrong is kept, and read again as it came', async () => {
  const { body: made } = await call('POST', '/api/connections', { source: 'segment', settings: { product: 'component:default/shop' } })
  const { path, secrets } = made as unknown as { path: string; secrets: { writeKey: string } }
  const good = { type: 'track', messageId: 'good', event: 'Label Printed', userId: 'u1', timestamp: '2026-05-01T10:00:00Z' }
  const answer = await ask(`${path}/v1/batch`, {
    method: 'POST',
    body: JSON.stringify({ batch: [good, { ...good, messageId: 'bad', userId: null }], writeKey: secrets.writeKey }),
  })
  expect(answer).toMatchObject({ status: 200, body: { accepted: 1, rejected: 1, problems: [{ path: 'batch.1.userId' }] } })
  const { rejects } = await ground.intake.rejects({ limit: 1 })
  const raw = JSON.parse(await ground.intake.rejectBody(rejects[0]!.id)) as { body: { batch: object[] }; receivedAt: number }
  expect(raw.body.batch).toMatchObject([{ messageId: 'bad' }])
  expect(raw.receivedAt).toBeGreaterThan(0)
  expect(JSON.stringify(raw)).not.toContain(secrets.writeKey)
  expect(await ground.intake.retry({ id: rejects[0]!.id }, 'user:default/me')).toEqual({ retried: 1, accepted: 0, rejected: 1 })
})
