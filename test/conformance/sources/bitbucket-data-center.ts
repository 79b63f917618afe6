import { createHmac } from 'node:crypto'
import type { Sender } from './sender.ts'

export default {
  source: 'bitbucket-data-center',
  payload: (n) => ({
    eventKey: 'pr:opened',
    date: '2026-05-01T12:00:00+0200',
    actor: { name: 'u1', type: 'NORMAL' },
    pullRequest: {
      id: n,
      version: 0,
      title: `Faster labels, ${n}`,
      state: 'OPEN',
      createdDate: Date.parse('2026-05-01T10:00:00Z'),
      updatedDate: Date.parse('2026-05-01T10:00:00Z'),
      fromRef: { id: 'refs/heads/faster', displayId: 'faster', repository: { slug: 'labels', project: { key: 'SHOP' } } },
      toRef: { id: 'refs/heads/main', displayId: 'main', repository: { slug: 'labels', project: { key: 'SHOP' } } },
      author: { user: { name: 'u1', type: 'NORMAL' }, role: 'AUTHOR' },
    },
  }),
  headers: (body, { webhook = '' }, n) => ({
    'x-event-key': 'pr:opened',
    'x-request-id': `request-${n}`,
    'x-hub-signature': `sha256=${createHmac('sha256', webhook).update(body).digest('hex')}`,
  }),
  expects: { kind: 'change' },
} satisfies Sender
