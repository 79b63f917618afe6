import { createHmac } from 'node:crypto'
import type { Sender } from './sender.ts'

const event = (n: number, type: string, at: string, service: string) => ({
  event: {
    id: `event-${n}-${type}`,
    event_type: type,
    resource_type: 'incident',
    occurred_at: at,
    agent: null,
    data: {
      id: `PINC${n}`,
      type: 'incident',
      status: 'triggered',
      title: `Labels do not print, ${n}`,
      created_at: '2026-05-01T10:00:00Z',
      service: { id: `P${service}`, summary: service, type: 'service_reference' },
      urgency: 'high',
    },
  },
})

export default {
  source: 'pagerduty',
  secrets: { signing: 'made-by-pagerduty' },
  payload: (n) => event(n, 'incident.triggered', '2026-05-01T10:00:05Z', 'Labels'),
  moved: (n) => event(n, 'incident.service_updated', '2026-05-01T10:10:00Z', 'Printing'),
  headers: (body, { signing = '' }, n) => ({
    'x-webhook-id': `delivery-${n}`,
    'x-pagerduty-signature': `v1=${createHmac('sha256', signing).update(body).digest('hex')}`,
  }),
  expects: { kind: 'incident' },
} satisfies Sender
