import { bearing, type SourceDefinition } from '../../ground/intake/index.ts'
import { readApplication } from './application.ts'
import { ArgoCdSettings } from './settings.ts'

/** Only what is read: an application itself carries parameters and values that are nobody else's business. */
const CONFIG = `service.webhook.throughline: |
  url: {address}
  headers:
    - name: Authorization
      value: Bearer $throughline-token
    - name: Content-Type
      value: application/json
template.throughline: |
  webhook:
    throughline:
      method: POST
      body: |
        {{ $sync := dig "status" "operationState" (dict) .app }}{{ toJson (dict
          "app" .app.metadata.name
          "namespace" .app.metadata.namespace
          "labels" (dig "metadata" "labels" (dict) .app)
          "phase" (dig "phase" "" $sync)
          "startedAt" (dig "startedAt" "" $sync)
          "finishedAt" (dig "finishedAt" "" $sync)
          "revision" (dig "syncResult" "revision" "" $sync)
          "revisions" (dig "syncResult" "revisions" (list) $sync)
          "health" (dig "status" "health" "status" "" .app)
          "healthSince" (dig "status" "health" "lastTransitionTime" "" .app)
          "images" (dig "status" "summary" "images" (list) .app)
          "sentAt" (now | date "2006-01-02T15:04:05Z07:00")) }}
trigger.throughline: |
  - when: app.status?.operationState?.phase in ['Succeeded', 'Failed', 'Error']
    oncePer: app.status?.operationState?.startedAt
    send: [throughline]
  - when: app.status?.health?.status == 'Degraded'
    send: [throughline]
subscriptions: |
  - recipients: [throughline]
    triggers: [throughline]`

/** Argo CD, by its notifications controller. */
export const argocd: SourceDefinition = {
  kind: 'argocd',
  title: 'Argo CD',
  brings: 'Syncs as deployments, and applications that are degraded as incidents.',
  steps: [
    'Add the token to the secret argocd-notifications-secret (namespace argocd), under the key throughline-token: {secret:token}',
    `Add this to the data of the config map argocd-notifications-cm in the same namespace; where subscriptions are there already, add this one to them:\n${CONFIG}`,
    'To follow some applications only, leave the subscriptions out and annotate those with notifications.argoproj.io/subscribe.throughline.throughline: ""',
    'Sync an application: its deployment appears here when the sync has ended.',
  ],
  settings: ArgoCdSettings,
  naming: ['subjects'],
  secrets: [{ name: 'token', label: 'token', made: 'here' }],
  push: {
    eventOf: () => 'application',
    verify: (delivery, { token = '' }) => bearing(token, delivery),
    read: ({ body }, settings) => readApplication(body, ArgoCdSettings.parse(settings)),
    acknowledgesRepeats: true,
  },
}
