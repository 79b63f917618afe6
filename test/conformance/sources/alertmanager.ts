import type { Sender } from './sender.ts'

export default {
  source: 'alertmanager',
  secrets: { token: 'chosen-by-those-who-run-it' },
  payload: (n) => ({
    version: '4',
    groupKey: '{}:{alertname="LabelsSlow"}',
    status: 'firing',
    receiver: 'throughline',
    groupLabels: { alertname: 'LabelsSlow' },
    commonLabels: {},
    commonAnnotations: {},
    externalURL: 'https://alertmanager.example',
    truncatedAlerts: 0,
    alerts: [
      {
        status: 'firing',
        labels: { alertname: 'LabelsSlow', service: 'labels', severity: 'critical' },
        annotations: { summary: `Labels print slowly, ${n}` },
        startsAt: '2026-05-01T10:00:00.5+02:00',
        endsAt: '0001-01-01T00:00:00Z',
        generatorURL: 'https://prometheus.example/graph',
        fingerprint: `f${n}`,
      },
    ],
  }),
  headers: (_, { token }) => ({ authorization: `Bearer ${token}` }),
  expects: { kind: 'incident' },
} satisfies Sender
