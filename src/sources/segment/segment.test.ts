import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Result } from '../../ground/core/index.ts'
import type { ReadPayload, Verified } from '../../ground/intake/index.ts'
import { segment } from './index.ts'

const NOW = Date.parse('2026-05-02T12:00:00Z')
const settings = { product: 'component:default/shop', currency: 'EUR' }
const message = { type: 'track', messageId: 'm1', event: 'Label Printed', userId: 'u1', timestamp: '2026-05-02T11:59:00.000Z' }

function read(body: unknown, path = ''): ReadPayload {
  const event = segment.push!.eventOf({ headers: {}, body: Buffer.alloc(0), path }, body)
  return segment.push!.read({ event, body, receivedAt: NOW }, settings)
}
const records = ({ lines }: ReadPayload) => lines.map((line) => ('record' in line ? line.record : line.reject.problem))
const tracked = (more: object) => records(read({ ...message, ...more }))

describe('track', () => {
  test('becomes a product event by whoever did it', () => {
    expect(tracked({ properties: { revenue: 2.5, currency: 'usd', plan: 'pro' }, context: { ip: '192.0.2.1' } })).toEqual([
      {
        kind: 'product_event',
        source: 'segment',
        id: 'm1',
        subject: 'component:default/shop',
        at: '2026-05-02T11:59:00.000Z',
        name: 'Label Printed',
        actor: 'u1',
        revenue: { amount: 2.5, currency: 'USD' },
      },
    ])
    expect(tracked({ userId: null, anonymousId: 'a1' })).toMatchObject([{ actor: 'a1' }])
  })

  test('revenue may be written as text; without a currency it is in that of the settings, and none is not zero', () => {
    expect(tracked({ properties: { revenue: '39.95' } })).toMatchObject([{ revenue: { amount: 39.95, currency: 'EUR' } }])
    expect(tracked({ properties: {} })[0]).not.toHaveProperty('revenue')
    expect(tracked({ properties: { revenue: null } })[0]).not.toHaveProperty('revenue')
  })

  test('the path says what a call is that does not say so itself', () => {
    const { type: _type, ...untyped } = message
    expect(records(read(untyped, 'v1/track'))).toMatchObject([{ name: 'Label Printed' }])
    expect(read(untyped, 'v1/identify').ignored).toMatch(/not kept/)
    expect(read(untyped).ignored).toContain('unnamed')
  })

  test('without a name of its own it is named by what it says, however often it is sent', () => {
    const { messageId: _id, ...unnamed } = message
    const idOf = (more: object) => (records(read({ ...unnamed, ...more }))[0] as { id: string }).id
    expect(idOf({ sentAt: '2026-05-02T12:00:00Z' })).toBe(idOf({ sentAt: '2026-05-02T12:00:09Z' }))
    expect(idOf({})).not.toBe(idOf({ userId: 'u2' }))
  })
})

describe('when it happened', () => {
  test('a clock that is wrong is put right by when it was sent and came', () => {
    expect(tracked({ timestamp: '2026-05-02T13:59:00Z', sentAt: '2026-05-02T14:00:00Z' })).toMatchObject([
      { at: '2026-05-02T11:59:00.000Z' },
    ])
    expect(tracked({ timestamp: '2026-05-02T09:00:00Z', sentAt: '2026-05-02T11:00:00Z' })).toMatchObject([
      { at: '2026-05-02T10:00:00.000Z' },
    ])
  })

  test('a few seconds are the way here: what is sent again has the same moment', () => {
    for (const sentAt of ['2026-05-02T11:59:40Z', '2026-05-02T11:59:58Z', '2026-05-02T12:00:10Z'])
      expect(tracked({ sentAt })).toMatchObject([{ at: '2026-05-02T11:59:00.000Z' }])
  })

  test('what Segment has put right already stands', () => {
    expect(tracked({ originalTimestamp: '2026-05-02T14:00:00Z', sentAt: '2026-05-02T14:01:00Z' })).toMatchObject([
      { at: '2026-05-02T11:59:00.000Z' },
    ])
  })

  test('what says no moment happened when it came', () => {
    expect(tracked({ timestamp: undefined })).toMatchObject([{ at: '2026-05-02T12:00:00.000Z' }])
  })

  test('a time zone off the hour is read', () => {
    expect(tracked({ timestamp: '2026-05-02T17:44:00.123456+05:45' })).toMatchObject([{ at: '2026-05-02T11:59:00.123Z' }])
  })
})

describe('a batch', () => {
  test('is read message by message; a bad one is refused by its place and keeps only itself', () => {
    const { lines } = read({
      sentAt: '2026-05-02T13:00:00Z',
      writeKey: 'key',
      batch: [message, { type: 'identify', userId: 'u1', traits: {} }, { ...message, messageId: 'm2', event: 7 }, 'text', { userId: 'u1' }],
    })
    expect(records({ lines })).toMatchObject([
      { id: 'm1', at: '2026-05-02T10:59:00.000Z' },
      { path: 'batch.2.event', code: 'evidence.bad_field' },
      { path: 'batch.3' },
      { path: 'batch.4.type', code: 'evidence.missing_field' },
    ])
    const kept = lines.flatMap((line) => ('reject' in line ? [JSON.parse(line.reject.raw)] : []))
    expect(kept[0]).toEqual({
      event: 'batch',
      body: { sentAt: '2026-05-02T13:00:00Z', batch: [{ ...message, messageId: 'm2', event: 7 }] },
    })
    expect(JSON.stringify(kept)).not.toContain('m1')
    expect(records(segment.push!.read({ ...kept[2], receivedAt: NOW }, settings))).toMatchObject([{ path: 'batch.0.type' }])
  })

  test('of nothing that is kept is ignored with the reason', () => {
    expect(read({ batch: [] }).ignored).toMatch(/empty/)
    expect(read({ batch: [{ type: 'page', userId: 'u1' }] }).ignored).toMatch(/page/)
    expect(records(read({ batch: {} }))).toMatchObject([{ path: 'batch' }])
    expect(records(read({}, 'v1/batch'))).toMatchObject([{ path: 'batch', code: 'evidence.missing_field' }])
  })

  test('takes messages up to 32 KB', () => {
    const sized = (bytes: number) => ({ ...message, properties: { note: 'x'.repeat(bytes) } })
    expect(records(read({ batch: [sized(31 * 1024), sized(33 * 1024)] }))).toMatchObject([
      { id: 'm1' },
      { code: 'segment.too_large', path: 'batch.1', fix: expect.any(String) },
    ])
  })
})

describe('what does not fit names the field as Segment calls it', () => {
  test.each([
    ['event', { event: undefined }],
    ['event', { event: ['Label Printed'] }],
    ['userId', { userId: undefined }],
    ['userId', { userId: 42 }],
    ['messageId', { messageId: undefined, timestamp: undefined }],
    ['messageId', { messageId: 'a\u0000b' }],
    ['timestamp', { timestamp: 'soon' }],
    ['timestamp', { timestamp: '2026-02-30T10:00:00Z' }],
    ['timestamp', { timestamp: '2026-05-02T10:00:00' }],
    ['sentAt', { sentAt: 1_777_000_000 }],
    ['properties.revenue', { properties: { revenue: 'a lot' } }],
    ['properties.revenue', { properties: { revenue: Infinity } }],
    ['properties.currency', { properties: { revenue: 1, currency: 'euros' } }],
  ])('%s', (path, more) => {
    expect(tracked(more)).toMatchObject([{ code: expect.stringMatching(/^evidence\./), path, fix: expect.any(String) }])
  })

  test('the other calls are acknowledged with the reason', () => {
    for (const type of ['identify', 'group', 'alias', 'page', 'screen', 'delete', 'constructor'])
      expect(read({ type, userId: 'u1' }).ignored).toBeTruthy()
  })
})

describe('whom it comes from', () => {
  const secrets = { writeKey: 'key', sharedSecret: 'shared' }
  const verify = (headers: Record<string, string>, text = '{"type":"track"}'): Result<Verified> =>
    segment.push!.verify({ headers, body: Buffer.from(text) }, secrets, NOW)
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })

  test('a library shows the write key as user name or in the body', () => {
    for (const text of ['key:', 'key:ignored', 'key']) expect(verify(basic(text)).ok).toBe(true)
    expect(verify({}, '{"writeKey":"key"}').ok).toBe(true)
    expect(verify(basic('guessed:'))).toMatchObject({ problems: [{ code: 'hook.secret' }] })
    expect(verify(basic('guessed:'), '{"writeKey":"key"}').ok).toBe(false)
    expect(verify({}, '{"writeKey":"guessed"}')).toMatchObject({ problems: [{ code: 'hook.secret' }] })
    for (const text of ['{}', '{"writeKey":7}', 'null', 'no JSON'])
      expect(verify({}, text)).toMatchObject({ problems: [{ code: 'hook.unsigned' }] })
  })

  test('Segment signs with the shared secret, and a wrong signature is not saved by a write key', () => {
    const text = '{"type":"track"}'
    const signature = createHmac('sha1', 'shared').update(text).digest('hex')
    expect(verify({ 'x-signature': signature }).ok).toBe(true)
    expect(verify({ 'x-signature': signature, ...basic('guessed:') }).ok).toBe(true)
    expect(verify({ 'x-signature': signature }, '{"type":"page"}')).toMatchObject({ problems: [{ code: 'hook.signature' }] })
    expect(verify({ 'x-signature': 'x', ...basic('key:') }).ok).toBe(false)
  })
})
