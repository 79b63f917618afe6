import { expect, test } from 'vitest'
import { waitOf } from './limits.ts'

const NOW = Date.parse('2026-05-01T10:00:00Z')
const wait = (status: number, headers: Record<string, string>, body = '') => waitOf({ status, headers, body: Buffer.from(body) }, NOW)

test('Retry-After is read in seconds and as a date, which is held against the clock of its sender', () => {
  expect(wait(429, { 'retry-after': '7' })).toBe(7)
  expect(wait(429, { 'retry-after': 'Fri, 01 May 2026 10:00:30 GMT' })).toBe(30)
  expect(wait(429, { 'retry-after': 'Fri, 01 May 2026 12:00:30 GMT', date: 'Fri, 01 May 2026 12:00:00 GMT' })).toBe(30)
  expect(wait(403, { 'retry-after': '60' })).toBe(60)
})

test('a limit that is used up lasts until it is reset, on the last answer it allowed already', () => {
  const reset = String(NOW / 1000 + 90)
  expect(wait(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset })).toBe(90)
  expect(wait(200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset })).toBe(90)
  expect(wait(200, { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': reset })).toBeUndefined()
  expect(wait(429, { 'ratelimit-remaining': '0', 'ratelimit-reset': '15' })).toBe(15)
})

test('a limit that does not say how long is told apart from a permission that is missing', () => {
  expect(wait(403, {}, '{"message":"You have exceeded a secondary rate limit."}')).toBeNull()
  expect(wait(429, {})).toBeNull()
  expect(wait(429, { 'retry-after': 'soon' })).toBeNull()
  expect(wait(403, { 'x-ratelimit-remaining': '4000', 'x-ratelimit-reset': '1' }, '{"message":"Resource not accessible"}')).toBeUndefined()
})

test('of a limit for requests and one for complexity, in milliseconds, the one that lasts longer counts', () => {
  const limited = '{"errors":[{"message":"Rate limit exceeded","extensions":{"code":"RATELIMITED"}}]}'
  const reset = (seconds: number) => String(NOW + seconds * 1000)
  const requests = { 'x-ratelimit-requests-remaining': '0', 'x-ratelimit-requests-reset': reset(20) }
  const complexity = { 'x-ratelimit-complexity-remaining': '0', 'x-ratelimit-complexity-reset': reset(50) }
  expect(wait(400, { ...requests, ...complexity }, limited)).toBe(50)
  expect(wait(400, { ...requests, ...complexity, 'x-ratelimit-complexity-remaining': '900' }, limited)).toBe(20)
  expect(wait(200, complexity)).toBe(50)
  expect(wait(400, {}, limited)).toBeNull()
  expect(wait(400, { 'x-ratelimit-requests-remaining': '9' }, '{"errors":[{"message":"Query too complex"}]}')).toBeUndefined()
})

test('a moment that cannot be meant is bounded', () => {
  expect(wait(429, { 'retry-after': '99999999999' })).toBe(31 * 86_400)
  expect(wait(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 - 5) })).toBe(0)
})
