import { expect, test } from 'vitest'
import type { Parsed } from '../../../ground/intake/index.ts'
import { parseText, readRecords } from '../index.ts'

const envelope = {
  specversion: '1.0',
  id: 'e-1',
  source: 'https://ci.example/acme/checkout',
  type: 'com.example.build',
  time: '2026-05-04T11:30:00+02:00',
}
/** The same in headers. */
const CE = Object.fromEntries(Object.entries(envelope).map(([name, value]) => [`ce-${name}`, value]))
const parse = (value: unknown): Parsed => parseText(JSON.stringify(value))
const recordOf = (parsed: Parsed) => ('record' in parsed ? parsed.record : parsed.reject.problem)

test('a foreign CloudEvent is kept as an event about what its source names', () => {
  expect(recordOf(parse({ ...envelope, data: { ok: true }, traceparent: '00-1' }))).toEqual({
    kind: 'event',
    source: envelope.source,
    id: 'e-1',
    subject: 'component:default/checkout',
    at: '2026-05-04T09:30:00.000Z',
    type: 'com.example.build',
    data: { ok: true },
    cloudevent: { ...envelope, traceparent: '00-1' },
  })
  expect(recordOf(parse({ ...envelope, subject: 'component:shop/cart' }))).toMatchObject({ subject: 'component:shop/cart' })
})

test('a record in the data is read as what it is, and may leave out what the envelope says', () => {
  const data = { commit: 'abcdef1', finishedAt: '2026-05-04T09:30:00Z', outcome: 'success', subject: 'component:default/checkout' }
  const read = { kind: 'deployment', source: envelope.source, id: 'e-1', at: '2026-05-04T09:30:00.000Z', commit: 'abcdef1' }
  expect(recordOf(parse({ ...envelope, data: { kind: 'deployment', ...data } }))).toMatchObject(read)
  expect(recordOf(parse({ ...envelope, type: 'dev.throughline.deployment', data }))).toMatchObject(read)
  expect(recordOf(parse({ ...envelope, type: 'dev.throughline.deployment', data: { ...data, id: 'run-7' } }))).toMatchObject({
    id: 'run-7',
  })
})

test('what is wrong in the data is named below "data"', () => {
  expect(
    recordOf(
      parse({
        ...envelope,
        subject: 'component:x',
        data: { kind: 'deployment', commit: 'abcdef1', outcome: 'ok', finishedAt: '2026-05-04T09:30:00Z' },
      }),
    ),
  ).toMatchObject({
    path: 'data.outcome',
    message: 'The field "data.outcome" cannot be "ok"',
  })
})

test('an envelope that does not fit is refused naming the attribute', () => {
  expect(recordOf(parse({ ...envelope, specversion: '2.0' }))).toMatchObject({ path: 'specversion' })
  expect(recordOf(parse({ ...envelope, id: '' }))).toMatchObject({ path: 'id' })
  expect(recordOf(parse({ ...envelope, time: undefined }))).toMatchObject({ path: 'time' })
  expect(recordOf(parse({ ...envelope, source: '///' }))).toMatchObject({ path: 'subject' })
})

test('data in base64 is read', () => {
  const data_base64 = Buffer.from('{"ok":1}').toString('base64')
  expect(recordOf(parse({ ...envelope, datacontenttype: 'application/json', data_base64 }))).toMatchObject({ data: { ok: 1 } })
  expect(recordOf(parse({ ...envelope, datacontenttype: 'image/png', data_base64 }))).toMatchObject({
    data: null,
    cloudevent: { data_base64 },
  })
  expect(recordOf(parse({ ...envelope, data: 1, data_base64 }))).toMatchObject({ path: 'data_base64' })
})

test('a CDEvent travels in a CloudEvent', () => {
  const cdevent = {
    context: { version: '0.4.1', id: 'c-1', source: '/ci', type: 'dev.cdevents.service.deployed.0.2.0', timestamp: '2026-05-04T09:30:00Z' },
    subject: {
      id: 'checkout',
      source: '/ci',
      content: { environment: { id: 'production' }, artifactId: 'pkg:oci/checkout@sha256:' + 'ab'.repeat(32) },
    },
  }
  expect(recordOf(parse({ ...envelope, type: cdevent.context.type, data: cdevent }))).toMatchObject({
    kind: 'deployment',
    id: 'c-1',
    subject: 'component:default/checkout',
  })
  expect(
    recordOf(parse({ ...envelope, type: cdevent.context.type, data: { ...cdevent, subject: { ...cdevent.subject, content: {} } } })),
  ).toMatchObject({ path: 'data.subject.content.environment' })
})

test('a batch of CloudEvents is a list of them', async () => {
  const parsed = await Array.fromAsync(
    readRecords([Buffer.from(JSON.stringify([envelope, { ...envelope, id: 'e-2' }]))], {
      format: 'cloudevents',
      headers: new Headers({ 'content-type': 'application/cloudevents-batch+json' }),
    }),
  )
  expect(parsed.map((one) => recordOf(one))).toMatchObject([{ id: 'e-1' }, { id: 'e-2' }])
})

test('a CloudEvent in binary form has its attributes in headers', async () => {
  const headers = new Headers({ ...CE, 'ce-id': 'e%201', 'content-type': 'application/json' })
  const parsed = await Array.fromAsync(readRecords([Buffer.from('{"ok":'), Buffer.from('true}')], { headers }))
  expect(parsed.map((one) => recordOf(one))).toMatchObject([{ kind: 'event', id: 'e 1', data: { ok: true } }])
})

test('the body of a CloudEvent in binary form is what its content type says, and bytes that are no text stay as they are', async () => {
  const read = async (body: Buffer, type: string) => {
    const headers = new Headers({ ...CE, 'content-type': type })
    const [parsed] = await Array.fromAsync(readRecords([body], { headers }))
    return recordOf(parsed!)
  }
  expect(await read(Buffer.from('not json'), 'application/json')).toMatchObject({ code: 'cloudevents.not_json', path: 'data' })
  expect(await read(Buffer.from([0x7b, 0xff]), 'application/json')).toMatchObject({ code: 'cloudevents.not_json' })
  expect(await read(Buffer.from('<a/>'), 'application/xml')).toMatchObject({
    data: '<a/>',
    cloudevent: { datacontenttype: 'application/xml' },
  })
  const packed = Buffer.from([0x1f, 0x8b, 8, 0, 0xff])
  expect(await read(packed, 'application/gzip')).toMatchObject({ data: null, cloudevent: { data_base64: packed.toString('base64') } })
})

test('a structured event is one whatever its lines, and headers of the binary form do not change that', async () => {
  const body = JSON.stringify({ ...envelope, data: { ok: true } }).replace(',', ',\n')
  const headers = new Headers({ ...CE, 'ce-id': 'of the headers', 'content-type': 'application/cloudevents+json; charset=utf-8' })
  const parsed = await Array.fromAsync(readRecords([Buffer.from(body)], { headers }))
  expect(parsed.map((one) => recordOf(one))).toMatchObject([{ id: 'e-1', data: { ok: true } }])
})
