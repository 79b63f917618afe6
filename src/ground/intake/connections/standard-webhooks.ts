import { formatInstant, type Instant, MINUTE, refuse, type Result, SECOND } from '../../core/index.ts'
import { digestOf, hmacOf, sameText, unsigned, verified } from './signatures.ts'
import type { Delivery, Verified } from './source.ts'

/** How far the moment of signing may lie from now; the tolerance of the specification's own libraries. */
const TOLERANCE = 5 * MINUTE
/** Bytes of a key at least, by the specification; a secret that is not one verifies nothing. */
const SHORTEST_KEY = 24
/** Signatures of one delivery: one for each secret that is valid while they are changed. */
const MOST = 10

/**
 * Verifies a delivery signed by the Standard Webhooks specification (standardwebhooks.com): HMAC-SHA256 over id, moment and
 * body. A repetition has the same id and may be signed anew.
 * @param secret `whsec_` and the key in base64
 */
export function standardWebhook({ headers, body }: Delivery, secret: string, now: Instant): Result<Verified> {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': given } = headers
  if (!id) return unsigned('webhook-id')
  if (!timestamp) return unsigned('webhook-timestamp')
  if (!given) return unsigned('webhook-signature')
  const signedAt = /^\d{1,11}$/.test(timestamp) ? Number(timestamp) * SECOND : NaN
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const right = `v1,${hmacOf('sha256', key, Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]), 'base64')}`
  const same = given.split(' ', MOST).map((one) => sameText(right, one))
  const matches = key.length >= SHORTEST_KEY && same.includes(true)
  if (matches && !(Math.abs(now - signedAt) <= TOLERANCE))
    return refuse('hook.stale', `The delivery was signed at ${timestamp}, and it is ${formatInstant(now)} here.`, {
      fix: 'Set the clocks of both sides right: they may differ by five minutes.',
    })
  return verified(matches, `${id} ${digestOf(body)}`, 'webhook-signature')
}
