import { createHmac } from 'node:crypto'
import alertmanager from './alertmanager.ts'
import type { Sender } from './sender.ts'

export default {
  source: 'grafana',
  payload: (n) => ({ ...alertmanager.payload(n), version: '1', orgId: 1, title: '[FIRING:1]', state: 'alerting', message: '' }),
  headers: (body, { webhook = '' }) => {
    const seconds = String(Math.floor(Date.now() / 1000))
    return {
      'x-grafana-alerting-timestamp': seconds,
      'x-grafana-alerting-signature': createHmac('sha256', webhook).update(`${seconds}:`).update(body).digest('hex'),
    }
  },
  expects: { kind: 'incident' },
} satisfies Sender
