import { ok, type Result } from '../../ground/core/index.ts'
import {
  type Delivery,
  digestOf,
  hmacOf,
  ignored,
  type Push,
  sameText,
  type Secrets,
  type SourceDefinition,
  unsigned,
  type Verified,
  verified,
} from '../../ground/intake/index.ts'
import { readIssueEvent } from './issues.ts'
import { JiraSettings } from './settings.ts'

const SIGNATURE = 'x-hub-signature'
const EVENTS = new Set(['jira:issue_created', 'jira:issue_updated', 'jira:issue_deleted'])
const BRINGS = 'Issues and epics with their states, labels and parents, as they change.'

const push: Push = {
  eventOf: (_, body) =>
    typeof body === 'object' && body !== null && 'webhookEvent' in body && typeof body.webhookEvent === 'string'
      ? body.webhookEvent.slice(0, 100)
      : 'unnamed',
  verify(delivery, secrets): Result<Verified> {
    const given = delivery.headers[SIGNATURE]
    if (!secrets.webhook) return ok({ replayKey: replayKeyOf(delivery, digestOf(delivery.body)) })
    if (!given) return unsigned(SIGNATURE)
    return verified(isSigned(delivery, secrets, given), replayKeyOf(delivery, given), SIGNATURE)
  },
  read: ({ event, body }, settings) =>
    EVENTS.has(event)
      ? readIssueEvent(body, JiraSettings.parse(settings))
      : ignored(`Events of the kind "${event}" carry nothing that is kept.`),
  // Jira sends again until it is acknowledged, and takes a conflict (409) for a reason to.
  acknowledgesRepeats: true,
}

/** Jira Cloud, by a webhook its administrator makes; always signed. */
export const jira: SourceDefinition = {
  kind: 'jira',
  title: 'Jira Cloud',
  brings: BRINGS,
  steps: [
    'In Jira press the cog (Settings) and choose System, then WebHooks under Advanced, then Create a WebHook.',
    'URL: {address}',
    'Secret: {secret:webhook}',
    'Under Issue related events leave the query empty for all projects (or write one, such as: project = SHOP) and tick created, updated and deleted of Issue.',
    'Press Create. The first event comes when an issue is next changed: edit any.',
  ],
  settings: JiraSettings,
  secrets: [{ name: 'webhook', label: 'webhook secret', made: 'here' }],
  push,
}

/** Jira Data Center, of which not every version signs: there the address is what proves the sender. */
export const jiraDataCenter: SourceDefinition = {
  kind: 'jira-data-center',
  title: 'Jira Data Center',
  brings: BRINGS,
  steps: [
    'In Jira press the cog (Administration) and choose System, then WebHooks under Advanced, then Create a WebHook.',
    'URL: {address}',
    'Secret: the one given here. Where none was given leave it empty, and keep the address to yourself: it proves who sends.',
    'Leave "Exclude body" unticked.',
    'Under Issue related events leave the query empty for all projects (or write one, such as: project = SHOP) and tick created, updated and deleted of Issue.',
    'Press Create. The first event comes when an issue is next changed: edit any.',
  ],
  settings: JiraSettings,
  secrets: [{ name: 'webhook', label: 'webhook secret', made: 'there', optional: true }],
  push,
}

function isSigned({ body }: Delivery, { webhook = '' }: Secrets, given: string): boolean {
  return sameText(`sha256=${hmacOf('sha256', webhook, body)}`, given)
}

/** Jira names a delivery the same when it tries again. */
function replayKeyOf({ headers }: Delivery, proof: string): string {
  return `${headers['x-atlassian-webhook-identifier'] ?? ''} ${proof}`.trim()
}
