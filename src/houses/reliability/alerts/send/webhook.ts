import { Buffer } from 'node:buffer'
import { hmacOf } from '../../../../ground/intake/index.ts'
import { sentBy } from './answers.ts'
import type { Letter, SendContext, Sent } from './letter.ts'
import { wordingOf } from './wording.ts'

/**
 * Posts the notice as JSON, signed as the Standard Webhooks specification says (standardwebhooks.com): HMAC-SHA256 over id,
 * moment and body. The id stays when it is sent again, so a receiver can tell.
 */
export async function sendWebhook({ id, notice, address, secret = '' }: Letter, { intake, clock }: SendContext): Promise<Sent> {
  const { headline, lines } = wordingOf(notice)
  const body = JSON.stringify({ id, ...notice, summary: headline, words: lines.map(({ text }) => text) })
  const timestamp = String(Math.floor(clock() / 1000))
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatureOf({ id, timestamp, body }, secret),
  }
  return sentBy('The webhook', () => intake.post({ url: address, headers, body }))
}

/** @param secret `whsec_` and the key in base64 */
export function signatureOf({ id, timestamp, body }: { id: string; timestamp: string; body: string }, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${hmacOf('sha256', key, `${id}.${timestamp}.${body}`, 'base64')}`
}
