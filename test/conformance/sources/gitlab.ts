import type { Sender } from './sender.ts'

export default {
  source: 'gitlab',
  payload: (n) => ({
    object_kind: 'issue',
    user: { id: 1, username: 'u1' },
    project: { path_with_namespace: 'acme/shop', web_url: 'https://gitlab.example.org/acme/shop', default_branch: 'main' },
    object_attributes: {
      iid: n,
      title: `Labels do not print, ${n}`,
      type: 'Issue',
      state: 'opened',
      action: 'open',
      created_at: '2026-05-01 10:00:00 UTC',
      updated_at: '2026-05-01 10:00:00 UTC',
    },
    labels: [],
  }),
  headers: (_body, { webhook = '' }, n) => ({
    'x-gitlab-event': 'Issue Hook',
    'x-gitlab-token': webhook,
    'idempotency-key': `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  }),
  expects: { kind: 'work_item' },
} satisfies Sender
