import { createHmac } from 'node:crypto'
import type { Sender } from './sender.ts'

export default {
  source: 'bitbucket',
  payload: (n) => ({
    actor: { type: 'user', nickname: 'u1' },
    repository: { type: 'repository', name: 'shop', full_name: 'acme/shop' },
    pullrequest: {
      id: n,
      title: `Faster labels, ${n}`,
      state: 'OPEN',
      author: { type: 'user', nickname: 'u1' },
      created_on: '2026-05-01T10:00:00.000000+00:00',
      updated_on: '2026-05-01T10:00:00.000000+00:00',
    },
  }),
  headers: (body, { webhook = '' }, n) => ({
    'x-event-key': 'pullrequest:created',
    'x-request-uuid': `request-${n}`,
    'x-hub-signature': `sha256=${createHmac('sha256', webhook).update(body).digest('hex')}`,
  }),
  expects: { kind: 'change' },
} satisfies Sender
