import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { MINUTE } from '../../core/index.ts'
import { standardWebhook } from './standard-webhooks.ts'

const NOW = Date.parse('2026-05-02T12:00:00Z')
const KEY = Buffer.alloc(32, 7)
const SECRET = `whsec_${KEY.toString('base64')}`
const body = Buffer.from('{"n":1}')

function headersOf({ id = 'msg-1', at = NOW, of = body, key = KEY }: { id?: string; at?: number; of?: Buffer; key?: Buffer } = {}) {
  const stamp = String(Math.floor(at / 1000))
  const signature = createHmac('sha256', key).update(`${id}.${stamp}.${of}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': stamp, 'webhook-signature': `v1,${signature}` }
}
const verify = (headers: Record<string, string>, of = body, secret = SECRET) => standardWebhook({ headers, body: of }, secret, NOW)

test('id, moment and body are signed: none of them can be another', () => {
  const headers = headersOf()
  expect(verify(headers)).toMatchObject({ ok: true })
  expect(verify(headers, Buffer.from('{"n":2}'))).toMatchObject({ problems: [{ code: 'hook.signature' }] })
  expect(verify({ ...headers, 'webhook-id': 'msg-2' })).toMatchObject({ problems: [{ code: 'hook.signature' }] })
  expect(verify({ ...headers, 'webhook-timestamp': String(NOW / 1000 + 1) })).toMatchObject({ problems: [{ code: 'hook.signature' }] })
  expect(verify(headersOf({ key: Buffer.alloc(32, 8) }))).toMatchObject({ problems: [{ code: 'hook.signature' }] })
})

test('each of the three headers is needed', () => {
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
    expect(verify({ ...headersOf(), [name]: '' })).toMatchObject({
      problems: [{ code: 'hook.unsigned', message: expect.stringContaining(name) }],
    })
})

test('one valid signature of several is enough while a secret is changed', () => {
  const headers = headersOf()
  const both = `${headersOf({ key: Buffer.alloc(32, 8) })['webhook-signature']} ${headers['webhook-signature']}`
  expect(verify({ ...headers, 'webhook-signature': both })).toMatchObject({ ok: true })
  expect(verify({ ...headers, 'webhook-signature': headers['webhook-signature'].replace('v1,', 'v2,') }).ok).toBe(false)
})

test('what was signed more than five minutes ago, or ahead, is stale', () => {
  expect(verify(headersOf({ at: NOW - 5 * MINUTE })).ok).toBe(true)
  for (const at of [NOW - 6 * MINUTE, NOW + 6 * MINUTE])
    expect(verify(headersOf({ at }))).toMatchObject({ problems: [{ code: 'hook.stale' }] })
})

test('a repetition that was signed anew is recognised', () => {
  const [first, again, other] = [headersOf(), headersOf({ at: NOW + MINUTE }), headersOf({ id: 'msg-2' })].map((headers) => verify(headers))
  expect(again).toEqual(first)
  expect(other).not.toEqual(first)
})

test('a secret without a key verifies nothing', () => {
  for (const secret of ['', 'whsec_', 'whsec_c2hvcnQ='])
    expect(verify(headersOf({ key: Buffer.from(secret.replace('whsec_', ''), 'base64') }), body, secret).ok).toBe(false)
})
