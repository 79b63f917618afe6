import { afterAll, beforeAll, expect, test } from 'vitest'
import { operations } from '../../../src/doors/http/api.ts'
import { createApp } from '../../../src/doors/http/app.ts'
import type { Ground } from '../../../src/ground/index.ts'
import { groundOn } from '../../../src/main.ts'
import { testStore } from '../../support/store.ts'
import { cdEvent, VERSIONS } from './payloads.ts'

let ground: Ground
let app: ReturnType<typeof createApp>

beforeAll(async () => {
  ground = groundOn(await testStore(), Date.now, Buffer.alloc(32, 1))
  app = createApp({ ground, operations, localKey: 'k', version: '0', health: { loading: () => null, store: () => ground.store.health() } })
})
afterAll(() => ground.store.close())

async function post(body: string, headers: Record<string, string>): Promise<Record<string, unknown>> {
  return (await (await app.request('/api/evidence', { method: 'POST', headers, body })).json()) as Record<string, unknown>
}
async function sentOf(name: string): Promise<unknown[]> {
  const answer = await app.request(`/api/sent/${encodeURIComponent(name)}`)
  return ((await answer.json()) as { sent: unknown[] }).sent
}

let n = 0
/** An event of our own making after CloudEvents 1.0.2 (github.com/cloudevents/spec). */
const cloudEvent = (more: object = {}) => ({
  specversion: '1.0',
  id: `e-${(n += 1)}`,
  source: 'https://ci.example/acme/parcels',
  type: 'example.acme.parcel.sent',
  time: '2026-05-04T11:30:00.25+02:00',
  ...more,
})
const STRUCTURED = { 'content-type': 'application/cloudevents+json' }
const BATCH = { 'content-type': 'application/cloudevents-batch+json' }

const whole = cloudEvent({
  subject: 'parcel-7',
  datacontenttype: 'application/json',
  dataschema: 'https://acme.example/parcel',
  partitionkey: 'p',
  data: { weight: 1.5 },
})
const cdevent = cdEvent('service.deployed', VERSIONS[2], true)
const EVENTS: readonly [string, string, Record<string, unknown>][] = [
  ['with everything it may say', `event:${whole.source}/${whole.id}`, whole],
  ['with what it must say', 'event:https://ci.example/acme/parcels/e-2', cloudEvent()],
  ['with text', 'event:https://ci.example/acme/parcels/e-3', cloudEvent({ datacontenttype: 'application/xml', data: '<parcel/>' })],
  ['with bytes', 'event:https://ci.example/acme/parcels/e-4', cloudEvent({ datacontenttype: 'image/png', data_base64: 'iVBORw0KGgo=' })],
  ['with a CDEvent', 'deployment:/pipelines/acme/event-service.deployed-0.5.0-whole', cloudEvent({ traceparent: '00-1', data: cdevent })],
]

test.each(EVENTS)('an event %s can be had back as it came, and is known when it comes again', async (_, name, event) => {
  expect(await post(JSON.stringify(event), STRUCTURED)).toMatchObject({ accepted: 1, rejected: 0 })
  expect(await sentOf(name)).toEqual([event])
  expect(await post(JSON.stringify(await sentOf(name)), BATCH)).toMatchObject({ accepted: 0, revised: 0, duplicates: 1 })
})

test('an event in binary form can be had back in structured form; JSON in base64 as JSON', async () => {
  const { id, source, ...rest } = cloudEvent()
  const headers = Object.fromEntries(Object.entries({ id, source, ...rest }).map(([key, value]) => [`ce-${key}`, value]))
  expect(await post('{"weight":2}', { ...headers, 'content-type': 'application/json' })).toMatchObject({ accepted: 1 })
  const structured = { id, source, ...rest, datacontenttype: 'application/json', data: { weight: 2 } }
  expect(await sentOf(`event:${source}/${id}`)).toEqual([structured])
  const encoded = cloudEvent({ datacontenttype: 'application/json' })
  const data_base64 = Buffer.from('{"weight":3}').toString('base64')
  expect(await post(JSON.stringify({ ...encoded, data_base64 }), STRUCTURED)).toMatchObject({ accepted: 1 })
  expect(await sentOf(`event:${source}/${encoded.id}`)).toEqual([{ ...encoded, data: { weight: 3 } }])
})

test('of a batch what fits is kept, and what does not is named with its field and line', async () => {
  const events = [cloudEvent(), { ...cloudEvent(), source: '' }, cloudEvent(), { ...cloudEvent(), time: 'soon' }]
  expect(await post(JSON.stringify(events, null, 1), BATCH)).toMatchObject({
    accepted: 2,
    rejected: 2,
    problems: [
      { path: 'source', line: 9 },
      { path: 'time', line: 23 },
    ],
  })
})

test.each(['specversion', 'id', 'source', 'type', 'time'])('without %s an event is refused naming it', async (attribute) => {
  const event = { ...cloudEvent(), [attribute]: undefined }
  expect(await post(JSON.stringify(event), STRUCTURED)).toMatchObject({ accepted: 0, rejected: 1, problems: [{ path: attribute }] })
})

test('a record of ours travels in a CloudEvent and is known when it comes again', async () => {
  const data = { commit: 'abcdef1', finishedAt: '2026-05-04T09:30:00Z', outcome: 'success' }
  const event = cloudEvent({ type: 'dev.throughline.deployment', subject: 'component:default/parcels', data })
  expect(await post(JSON.stringify(event), STRUCTURED)).toMatchObject({ accepted: 1, byKind: { deployment: 1 } })
  const sent = await sentOf(`deployment:${event.source}/${event.id}`)
  expect(sent).toMatchObject([{ ...event, data: { ...data, finishedAt: '2026-05-04T09:30:00.000Z' } }])
  expect(await post(JSON.stringify(sent), BATCH)).toMatchObject({ accepted: 0, revised: 0, duplicates: 1 })
})
