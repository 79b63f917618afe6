import { createHmac } from 'node:crypto'
import type { Sender } from './sender.ts'

export default {
  source: 'pagerduty',
  secrets: { signing: 'made-by-pagerduty' },
  payload: (n) => ({
    event: {
      id: `event-${n}`,
      event_type: 'incident.triggered',
      resource_type: 'incident',
      occurred_at: '2026-05-01T10:00:05Z',
      agent: null,
      data: {
        id: `PINC${n}`,
        type: 'incident',
        status: 'triggered',
        title: `Labels do not print, ${n}`,
        created_at: '2026-05-01T10:00:00Z',
        service: { id: 'PSVC', summary: 'Labels', type: 'service_reference' },
        urgency: 'high',
      },
    },
  }),
  headers: (body, { signing = '' }, n) => ({
    'x-webhook-id': `delivery-${n}`,
    'x-pagerduty-signature': `v1=${createHmac('sha256', signing).update(body).digest('hex')}`,
  }),
  expects: { kind: 'incident' },
} satisfies Sender
