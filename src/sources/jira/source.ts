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
import { CLOUD, DATA_CENTER } from './pull/products.ts'
import { pullOf } from './pull/pull.ts'
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

/** Jira Cloud, by a webhook its administrator makes, always signed, and by its REST API for the past. */
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
    'To read the past year as well: at id.atlassian.com open Security, then API tokens, then Create API token, for an account that sees the projects meant. Give it here as "API token", written <e-mail address of the account>:<token>, with the address of Jira.',
  ],
  settings: JiraSettings,
  naming: ['projects'],
  secrets: [
    { name: 'webhook', label: 'webhook secret', made: 'here' },
    {
      name: 'token',
      label: 'API token (as e-mail:token, of an account that may browse the projects), to read back',
      made: 'there',
      optional: true,
    },
  ],
  push,
  pull: pullOf(CLOUD),
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
    'To read the past year as well: in Jira press your picture and choose Profile, then Personal Access Tokens, then Create token, for a user that sees the projects meant. Give it here as "personal access token", with the address of Jira.',
  ],
  settings: JiraSettings,
  naming: ['projects'],
  secrets: [
    { name: 'webhook', label: 'webhook secret', made: 'there', optional: true },
    { name: 'token', label: 'personal access token (of a user that may browse the projects), to read back', made: 'there', optional: true },
  ],
  push,
  pull: pullOf(DATA_CENTER),
}

function isSigned({ body }: Delivery, { webhook = '' }: Secrets, given: string): boolean {
  return sameText(`sha256=${hmacOf('sha256', webhook, body)}`, given)
}

/** Jira names a delivery the same when it tries again. */
function replayKeyOf({ headers }: Delivery, proof: string): string {
  return `${headers['x-atlassian-webhook-identifier'] ?? ''} ${proof}`.trim()
}
