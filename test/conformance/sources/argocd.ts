import type { Sender } from './sender.ts'

export default {
  source: 'argocd',
  payload: (n) => ({
    app: `labels-${n}`,
    namespace: 'argocd',
    labels: {},
    phase: 'Succeeded',
    startedAt: '2026-05-01T10:00:00Z',
    finishedAt: '2026-05-01T10:00:20Z',
    revision: 'ab'.repeat(20),
    revisions: [],
    health: 'Healthy',
    healthSince: '',
    images: ['registry.example/labels:1.2.3'],
    sentAt: '2026-05-01T10:00:30Z',
  }),
  headers: (_, { token }) => ({ authorization: `Bearer ${token}` }),
  expects: { kind: 'deployment' },
} satisfies Sender
