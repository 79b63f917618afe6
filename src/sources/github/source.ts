import type { Instant } from '../../ground/core/index.ts'
import {
  type Delivery,
  hmacOf,
  ignored,
  type ReadPayload,
  sameText,
  type SourceDefinition,
  unsigned,
  verified,
} from '../../ground/intake/index.ts'
import { pull } from './pull/pull.ts'
import { readDeploymentStatus, readWorkflowRun } from './deployments.ts'
import { readIssue } from './issues.ts'
import { readPullRequest, readReview } from './pull-requests.ts'
import { readPush, readRelease } from './repository.ts'
import { GitHubSettings } from './settings.ts'

const SIGNATURE = 'x-hub-signature-256'

const READERS = new Map<string, (body: unknown, settings: GitHubSettings, receivedAt?: Instant) => ReadPayload>([
  ['pull_request', readPullRequest],
  ['pull_request_review', readReview],
  ['deployment_status', readDeploymentStatus],
  ['workflow_run', readWorkflowRun],
  ['issues', readIssue],
  ['push', readPush],
  ['release', readRelease],
  ['ping', () => ignored('GitHub says hello: the webhook works.')],
  ['deployment', () => ignored('The deployment has only begun; its status tells how it ended.')],
])

/** GitHub, by webhook of a repository or organisation, and by its REST API for the past. */
export const github: SourceDefinition = {
  kind: 'github',
  title: 'GitHub',
  brings: 'Pull requests with their reviews, deployments, workflow runs and issues, as they happen.',
  steps: [
    'On GitHub open the repository (or the organisation) and choose Settings, then Webhooks, then Add webhook.',
    'Payload URL: {address}',
    'Content type: application/json',
    'Secret: {secret:webhook}',
    'Choose "Let me select individual events" and tick Deployment statuses, Issues, Pull requests, Pull request reviews, Pushes, Releases and Workflow runs.',
    'Press Add webhook. GitHub sends a first event at once.',
  ],
  settings: GitHubSettings,
  secrets: [
    { name: 'webhook', label: 'webhook secret', made: 'here' },
    {
      name: 'token',
      label:
        'access token (fine-grained, with read access to Actions, Deployments, Issues, Metadata and Pull requests; Contents for releases)',
      made: 'there',
      optional: true,
    },
  ],
  push: {
    eventOf: ({ headers }) => headers['x-github-event'] ?? 'unnamed',
    verify(delivery, secrets) {
      const given = delivery.headers[SIGNATURE]
      if (!given) return unsigned(SIGNATURE)
      return verified(
        sameText(`sha256=${hmacOf('sha256', secrets.webhook ?? '', delivery.body)}`, given),
        replayKeyOf(delivery, given),
        SIGNATURE,
      )
    },
    read({ event, body, receivedAt }, settings) {
      const read = READERS.get(event)
      return read
        ? read(body, GitHubSettings.parse(settings), receivedAt)
        : ignored(`Events of the kind "${event}" carry nothing that is kept.`)
    },
  },
  pull,
}

/** The signature stands for the body: the same delivery sent again, under whatever name, is the same. */
function replayKeyOf({ headers }: Delivery, signature: string): string {
  return `${headers['x-github-delivery'] ?? ''} ${signature}`.trim()
}
