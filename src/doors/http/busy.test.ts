import { createHmac } from 'node:crypto'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import type { Ground } from '../../ground/index.ts'
import { groundOn } from '../../main.ts'
import { operations } from './api.ts'
import { createApp } from './app.ts'

let ground: Ground
let server: ReturnType<typeof serve>
let base: string
let to: { path: string; secrets: { webhook: string } }

beforeAll(async () => {
  ground = groundOn(await testStore(), Date.now, Buffer.alloc(32, 1))
  const app = createApp({
    ground,
    operations,
    localKey: 'local-key',
    version: '0.0.0',
    health: { loading: () => null, store: () => ground.store.health() },
    hookLimits: { deliveries: 4, bytes: 300_000 },
    evidenceAtOnce: 2,
  })
  base = await new Promise((ready) => {
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => ready(`http://127.0.0.1:${port}`))
  })
  const made = await fetch(`${base}/api/connections`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source: 'github' }),
  })
  to = (await made.json()) as typeof to
})
afterAll(async () => {
  await new Promise((done) => server.close(done))
  await ground.store.close()
})

/** The server may just close a connection whose body it did not read: then, as any sender, once more. */
async function send(path: string, request: { headers?: Record<string, string>; body: string }): Promise<Response> {
  const once = () => fetch(base + path, { method: 'POST', ...request })
  return once().catch(once)
}
function deliver(number: number, more: object = {}): Promise<Response> {
  const moment = '2026-05-01T10:00:00Z'
  const body = JSON.stringify({
    action: 'opened',
    issue: { number, title: 'Slow', state: 'open', created_at: moment, updated_at: moment, ...more },
    repository: { name: 'Shop', full_name: 'acme/Shop' },
  })
  const signature = createHmac('sha256', to.secrets.webhook).update(body).digest('hex')
  return send(to.path, {
    headers: { 'content-type': 'application/json', 'x-github-event': 'issues', 'x-hub-signature-256': `sha256=${signature}` },
    body,
  })
}
const isKept = async (number: number) => (await ground.ledger.history(`work_item:github/acme/Shop#${number}`)).length > 0

test('when more comes in than can be kept, senders are told when to come back; what was acknowledged is there, and in the end everything is', async () => {
  let waiting = Array.from({ length: 60 }, (_, n) => n + 1)
  let turnedAway = 0
  for (let round = 0; waiting.length > 0; round++) {
    expect(round, `${waiting.length} are still turned away`).toBeLessThan(60)
    const answers = await Promise.all(waiting.map(async (number) => ({ number, answer: await deliver(number) })))
    const again: number[] = []
    for (const { number, answer } of answers) {
      if (answer.status === 200) {
        expect(await isKept(number), `${number} was acknowledged`).toBe(true)
        continue
      }
      expect(answer.status).toBe(429)
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d?$/)
      expect(await answer.json()).toMatchObject({ code: 'hook.busy', fix: expect.stringMatching(/seconds/) })
      again.push(number)
    }
    turnedAway += again.length
    waiting = again
  }
  expect(turnedAway).toBeGreaterThan(0)
  const { kinds } = await ground.ledger.summary()
  expect(kinds).toMatchObject([{ kind: 'work_item', records: 60 }])
})

test('what is under way is bounded in bytes, too, and afterwards there is room again', async () => {
  const large = { body: 'x'.repeat(200_000) }
  const statuses = (await Promise.all([1001, 1002, 1003].map((number) => deliver(number, large)))).map(({ status }) => status)
  expect(statuses).toContain(429)
  expect((await deliver(1004, large)).status).toBe(200)
  expect((await deliver(1005, { body: 'x'.repeat(400_000) })).status).toBe(429)
})

test('posts of records beyond what is read at once are told when to come back, and afterwards there is room again', async () => {
  const post = (id: number) =>
    send('/api/evidence', {
      body: JSON.stringify({
        kind: 'event',
        source: 'ci',
        id: `e${id}`,
        subject: 'component:default/shop',
        at: '2026-05-01',
        type: 'x',
        data: {},
      }),
    })
  const answers = await Promise.all(Array.from({ length: 12 }, (_, id) => post(id)))
  const busy = answers.filter(({ status }) => status === 429)
  expect(busy.length).toBeGreaterThan(0)
  expect(busy[0]!.headers.get('retry-after')).toMatch(/^[1-9]/)
  expect(await busy[0]!.json()).toMatchObject({ code: 'evidence.busy' })
  expect(answers.filter(({ status }) => status === 200).length).toBe(12 - busy.length)
  expect((await post(99)).status).toBe(200)
})
