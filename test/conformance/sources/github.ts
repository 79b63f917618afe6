import { createHmac } from 'node:crypto'
import type { Sender } from './sender.ts'

export default {
  source: 'github',
  payload: (n) => ({
    action: 'opened',
    issue: {
      number: n,
      title: `Labels do not print, ${n}`,
      state: 'open',
      created_at: '2026-05-01T10:00:00Z',
      updated_at: '2026-05-01T10:00:00Z',
    },
    repository: { name: 'shop', full_name: 'acme/shop' },
  }),
  headers: (body, { webhook = '' }, n) => ({
    'x-github-event': 'issues',
    'x-github-delivery': `delivery-${n}`,
    'x-hub-signature-256': `sha256=${createHmac('sha256', webhook).update(body).digest('hex')}`,
  }),
  expects: { kind: 'work_item' },
} satisfies Sender
