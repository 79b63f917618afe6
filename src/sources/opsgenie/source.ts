import * as z from 'zod'
import { bearing, type SourceDefinition } from '../../ground/intake/index.ts'
import { OpsgenieSettings, readAlert } from './alerts.ts'

const Named = z.looseObject({ action: z.string().max(200) })

/** Opsgenie, and the alerts of Jira Service Management, by an outgoing webhook. */
export const opsgenie: SourceDefinition = {
  kind: 'opsgenie',
  title: 'Opsgenie',
  brings: 'Alerts as incidents: opened, acknowledged and closed, as they happen.',
  steps: [
    'In Opsgenie choose Settings, then Integrations, then Add integration, then Webhook (in Jira Service Management: Operations, Integrations).',
    'Webhook URL: {address}',
    'Under custom headers add Authorization with the value Bearer {secret:token}',
    'Alert filter: only the alerts that are incidents to you, for example those of priority P1 and P2.',
    'Alert actions: created, acknowledged, unacknowledged, closed, and priority updated.',
    'Turn the integration on and save it. The next alert appears here.',
  ],
  settings: OpsgenieSettings,
  naming: ['subjects'],
  secrets: [{ name: 'token', label: 'token', made: 'here' }],
  push: {
    eventOf: (_, body) => Named.safeParse(body).data?.action ?? 'unnamed',
    verify: (delivery, { token = '' }) => bearing(token, delivery),
    read: ({ body }, settings) => readAlert(body, OpsgenieSettings.parse(settings)),
    // Sent again when the answer was late.
    acknowledgesRepeats: true,
  },
}
