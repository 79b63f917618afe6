import * as z from 'zod'
import { type Instant, MINUTE, refuse, type Result } from '../../ground/core/index.ts'
import {
  bearing,
  type Delivery,
  digestOf,
  hmacOf,
  ignored,
  sameText,
  type SourceDefinition,
  unsigned,
  type Verified,
  verified,
} from '../../ground/intake/index.ts'
import { Group, readAlerts } from './alerts.ts'
import { AlertSettings } from './settings.ts'

const SIGNATURE = 'x-grafana-alerting-signature'
/** The header that the steps tell people to name. */
const TIMESTAMP = 'x-grafana-alerting-timestamp'
/** How far apart the two clocks may be. */
const SKEW = 15 * MINUTE

/** What the button Test sends. */
const Test = z.looseObject({
  alerts: z
    .array(z.looseObject({ labels: z.looseObject({ alertname: z.literal('TestAlert'), instance: z.literal('Grafana') }) }))
    .length(1),
})

/** Grafana Alerting, by a webhook contact point. */
export const grafana: SourceDefinition = {
  kind: 'grafana',
  title: 'Grafana',
  brings: 'Alerts as they fire and are resolved: incidents from the severities you choose, events otherwise.',
  steps: [
    'In Grafana choose Alerting, then Contact points, then Add contact point.',
    'Integration: Webhook. URL: {address}',
    'From Grafana 12 on, under HMAC Signature: Secret {secret:webhook}, header X-Grafana-Alerting-Signature, timestamp header X-Grafana-Alerting-Timestamp.',
    'Before Grafana 12, under Optional Webhook settings: Authorization Header Scheme Bearer, credentials {secret:webhook}',
    'Leave "Disable resolved message" off and the payload as it is, press Test, then save.',
    'Under Notification policies send the alerts that count to this contact point.',
  ],
  settings: AlertSettings,
  naming: ['subjectLabels', 'subjects'],
  secrets: [{ name: 'webhook', label: 'secret of the contact point', made: 'here' }],
  push: {
    eventOf: () => 'alerts',
    verify(delivery, { webhook = '' }, now) {
      if (delivery.headers[SIGNATURE]) return signed(delivery, webhook, now)
      return delivery.headers.authorization ? bearing(webhook, delivery) : unsigned(SIGNATURE)
    },
    read: ({ body }, settings) =>
      Test.safeParse(body).success
        ? ignored('Grafana says hello: the contact point works.')
        : readAlerts('grafana', Group, body, AlertSettings.parse(settings)),
    // Sent again by the repeat interval of its policy; a refusal counts as a failed notification.
    acknowledgesRepeats: true,
  },
}

/** HMAC-SHA256 of the body, or of `<seconds>:<body>` where a timestamp is sent along. */
function signed({ headers, body }: Delivery, secret: string, now: Instant): Result<Verified> {
  const seconds = headers[TIMESTAMP]
  const told = seconds === undefined ? body : Buffer.concat([Buffer.from(`${seconds}:`), body])
  const isGenuine = sameText(hmacOf('sha256', secret, told), headers[SIGNATURE]!.trim())
  if (isGenuine && seconds !== undefined && !(Math.abs(now - Number(seconds) * 1000) <= SKEW))
    return refuse('hook.too_old', `The delivery was signed at ${seconds}, too far from now.`, {
      fix: 'Set the clocks of both servers; what was meant for an earlier moment is not taken.',
    })
  return verified(isGenuine, digestOf(body), SIGNATURE)
}
