import type { Sender } from './sender.ts'

export default {
  source: 'segment',
  settings: { product: 'component:default/shop' },
  payload: (n) => ({
    batch: [
      {
        type: 'track',
        messageId: `message-${n}`,
        event: 'Label Printed',
        userId: `u${n}`,
        properties: { revenue: 2.5, currency: 'EUR' },
        timestamp: '2026-05-01T10:00:00.000Z',
      },
    ],
    sentAt: '2026-05-01T10:00:05.000Z',
  }),
  headers: (_body, { writeKey = '' }) => ({ authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` }),
  path: '/v1/batch',
  expects: { kind: 'product_event' },
} satisfies Sender
