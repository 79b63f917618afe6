import { createHmac } from 'node:crypto'
import type { Sender } from './sender.ts'

export default {
  source: 'linear',
  secrets: { signing: 'lin_wh_of_the_suite' },
  payload: (n) => ({
    action: 'create',
    type: 'Issue',
    createdAt: '2026-05-01T10:00:00.000Z',
    data: {
      id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      identifier: `ENG-${n}`,
      title: `Labels do not print, ${n}`,
      createdAt: '2026-05-01T10:00:00.000Z',
      updatedAt: '2026-05-01T10:00:00.000Z',
      state: { name: 'Todo', type: 'unstarted' },
      labels: [],
      previousIdentifiers: [],
      url: `https://linear.app/acme/issue/ENG-${n}`,
    },
    webhookTimestamp: Date.now(),
  }),
  headers: (body, { signing = '' }, n) => ({
    'linear-event': 'Issue',
    'linear-delivery': `delivery-${n}`,
    'linear-signature': createHmac('sha256', signing).update(body).digest('hex'),
  }),
  expects: { kind: 'work_item' },
} satisfies Sender
