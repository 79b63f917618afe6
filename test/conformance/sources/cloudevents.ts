import { createHmac } from 'node:crypto'
import type { Sender } from './sender.ts'

/** A change merged, signed by the Standard Webhooks specification (standardwebhooks.com). */
export default {
  source: 'cloudevents',
  payload: (n) => ({
    context: {
      specversion: '0.5.0',
      id: `merged-${n}`,
      source: '/git/acme',
      type: 'dev.cdevents.change.merged.0.3.0',
      timestamp: '2026-05-04T11:30:00.5+02:00',
      chainId: `chain-${n}`,
      links: [{ linkType: 'END', from: { contextId: `opened-${n}` } }],
    },
    subject: {
      id: `acme/parcels#${n}`,
      source: '/git/acme',
      content: { repository: { id: 'acme/parcels', source: 'https://git.example' } },
    },
    customData: { commit: 'ab'.repeat(20), queue: ['a', 1, true, null] },
  }),
  headers: (body, { webhook = '' }, n) => {
    const [id, timestamp] = [`msg_${n}`, String(Math.floor(Date.now() / 1000))]
    const key = Buffer.from(webhook.replace(/^whsec_/, ''), 'base64')
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')
    return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
  },
  expects: { kind: 'change' },
} satisfies Sender
