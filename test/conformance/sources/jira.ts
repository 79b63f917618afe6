import { createHmac } from 'node:crypto'
import type { Sender } from './sender.ts'

export default {
  source: 'jira',
  payload: (n) => ({
    timestamp: Date.parse('2026-05-01T10:00:00Z') + n,
    webhookEvent: 'jira:issue_created',
    issue: {
      id: String(10_000 + n),
      key: `SHOP-${n}`,
      self: `https://acme.example.net/rest/api/2/issue/${10_000 + n}`,
      fields: {
        summary: `Labels do not print, ${n}`,
        created: '2026-05-01T12:00:00.000+0200',
        updated: '2026-05-01T12:00:00.000+0200',
        issuetype: { name: 'Bug' },
        status: { name: 'To Do', statusCategory: { key: 'new' } },
        labels: [],
      },
    },
  }),
  headers: (body, { webhook = '' }, n) => ({
    'x-atlassian-webhook-identifier': `delivery-${n}`,
    'x-hub-signature': `sha256=${createHmac('sha256', webhook).update(body).digest('hex')}`,
  }),
  expects: { kind: 'work_item' },
} satisfies Sender
