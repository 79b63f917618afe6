import type { Sender } from './sender.ts'

export default {
  source: 'opsgenie',
  payload: (n) => ({
    action: 'Create',
    integrationId: 'integration-1',
    integrationName: 'Throughline',
    source: { name: 'web', type: 'API' },
    alert: {
      alertId: `alert-${n}`,
      tinyId: String(n),
      message: `Labels do not print, ${n}`,
      entity: 'labels',
      tags: [],
      createdAt: 1_777_600_000_000 + n,
      updatedAt: (1_777_600_000_000 + n) * 1e6,
    },
  }),
  headers: (_, { token }) => ({ authorization: `Bearer ${token}` }),
  expects: { kind: 'incident' },
} satisfies Sender
