import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Result } from '../../ground/core/index.ts'
import type { Secrets, Verified } from '../../ground/intake/index.ts'
import { gitlab } from './index.ts'

const NOW = Date.parse('2026-05-02T12:00:00Z')
const body = Buffer.from('{"object_kind":"push"}')
const verify = (headers: Record<string, string>, secrets: Secrets = { webhook: 'token' }, of = body, now = NOW): Result<Verified> =>
  gitlab.push!.verify({ headers, body: of }, secrets, now)
const keyOf = (result: Result<Verified>) => (result.ok ? result.value.replayKey : null)

test('the token has to be shown', () => {
  expect(verify({ 'x-gitlab-token': 'token' }).ok).toBe(true)
  expect(verify({ 'x-gitlab-token': 'guessed' })).toMatchObject({ problems: [{ code: 'hook.secret' }] })
  expect(verify({ 'x-gitlab-token': '' })).toMatchObject({ problems: [{ code: 'hook.unsigned' }] })
})

test('a repetition is known by its key and body, a new delivery differs in one of them', () => {
  const sent = (key: string, of = body) => keyOf(verify({ 'x-gitlab-token': 'token', 'idempotency-key': key }, undefined, of))
  expect(sent('a')).toBe(sent('a'))
  expect(sent('a')).not.toBe(sent('b'))
  expect(sent('a')).not.toBe(sent('a', Buffer.from('{}')))
  const older = keyOf(verify({ 'x-gitlab-token': 'token', 'x-gitlab-event-uuid': 'a' }))
  expect(older).toBe(sent('a'))
})

test('where deliveries are signed the token alone is not enough', () => {
  const key = Buffer.alloc(32, 7)
  const signing = `whsec_${key.toString('base64')}`
  const stamp = String(NOW / 1000)
  const signature = createHmac('sha256', key).update(`a.${stamp}.${body}`).digest('base64')
  const headers = { 'webhook-id': 'a', 'webhook-timestamp': stamp, 'webhook-signature': `v1,${signature}` }
  expect(verify(headers, { webhook: 'token', signing }).ok).toBe(true)
  expect(verify({ 'x-gitlab-token': 'token' }, { webhook: 'token', signing })).toMatchObject({ problems: [{ code: 'hook.unsigned' }] })
})
