import * as z from 'zod'
import { digestOf, hmacOf, sameText, secretAwaited, type SourceDefinition, unsigned, verified } from '../../ground/intake/index.ts'
import { PagerDutySettings, readIncident } from './incidents.ts'

const SIGNATURE = 'x-pagerduty-signature'
const Named = z.looseObject({ event: z.looseObject({ event_type: z.string() }) })

/** PagerDuty, by webhook subscription (version 3). */
export const pagerduty: SourceDefinition = {
  kind: 'pagerduty',
  title: 'PagerDuty',
  brings: 'Incidents: opened, acknowledged, resolved and opened again, as they happen.',
  steps: [
    'In PagerDuty choose Integrations, then Generic Webhooks (v3), then New Webhook.',
    'Webhook URL: {address}',
    'Scope type: the service, the team or the whole account whose incidents count.',
    'Event subscription: Deselect all, then tick incident.triggered, incident.acknowledged, incident.priority_updated, incident.reopened and incident.resolved.',
    'Press Add webhook. PagerDuty shows the signing secret once: copy it and give it here. Until then everything that comes is turned away.',
    'Open the webhook again and press Send Test Event.',
  ],
  settings: PagerDutySettings,
  naming: ['subjects'],
  secrets: [{ name: 'signing', label: 'signing secret', made: 'there', afterwards: true }],
  push: {
    eventOf: (_, body) => Named.safeParse(body).data?.event.event_type ?? 'unnamed',
    verify({ headers, body }, { signing }) {
      const given = headers[SIGNATURE]
      if (!given) return unsigned(SIGNATURE)
      if (!signing) return secretAwaited('signing secret')
      const expected = `v1=${hmacOf('sha256', signing, body)}`
      // While a secret is replaced, PagerDuty signs with the old and the new one.
      const matches = given.split(',').some((one) => sameText(expected, one.trim()))
      return verified(matches, digestOf(body), SIGNATURE)
    },
    read: ({ body }, settings) => readIncident(body, PagerDutySettings.parse(settings)),
    // Delivered at least once; three refusals in a row end the subscription for a day.
    acknowledgesRepeats: true,
    // Every event names the service its incident is of now.
    moves: ['incident'],
  },
}
