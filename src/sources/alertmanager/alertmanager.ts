import * as z from 'zod'
import { ok } from '../../ground/core/index.ts'
import { bearing, digestOf, type SourceDefinition } from '../../ground/intake/index.ts'
import { Group, readAlerts } from './alerts.ts'
import { AlertSettings } from './settings.ts'

const Version4 = Group.extend({ version: z.literal('4') })

/** Prometheus Alertmanager, by a webhook receiver. */
export const alertmanager: SourceDefinition = {
  kind: 'alertmanager',
  title: 'Prometheus Alertmanager',
  brings: 'Alerts as they fire and are resolved: incidents from the severities you choose, events otherwise.',
  steps: [
    `Add a receiver to alertmanager.yml:
receivers:
  - name: throughline
    webhook_configs:
      - url: {address}
        send_resolved: true`,
    `If you chose a token, add it below send_resolved:
        http_config:
          authorization:
            credentials: <the token>`,
    `Send it every alert, before any other route is taken:
route:
  routes:
    - receiver: throughline
      continue: true`,
    'Reload Alertmanager. The next alert that fires or is resolved arrives after its group_wait.',
  ],
  settings: AlertSettings,
  naming: ['subjectLabels', 'subjects'],
  secrets: [{ name: 'token', label: 'bearer token or password of basic authentication', made: 'there', optional: true }],
  push: {
    eventOf: () => 'alerts',
    // Alertmanager signs nothing: without a token the address alone says who it is.
    verify: (delivery, { token }) => (token ? bearing(token, delivery) : ok({ replayKey: digestOf(delivery.body) })),
    read: ({ body }, settings) => readAlerts('alertmanager', Version4, body, AlertSettings.parse(settings)),
    // Sent again each repeat_interval while it fires; a refusal counts as a failed notification.
    acknowledgesRepeats: true,
  },
}
