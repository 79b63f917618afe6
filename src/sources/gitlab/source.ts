import * as z from 'zod'
import {
  type Delivery,
  digestOf,
  ignored,
  type Payload,
  type ReadPayload,
  sameText,
  shown,
  type SourceDefinition,
  standardWebhook,
  unsigned,
} from '../../ground/intake/index.ts'
import { readDeployment, readPipeline } from './deployments.ts'
import { readIssue } from './issues.ts'
import { readMergeRequest } from './merge-requests.ts'
import { pull } from './pull/pull.ts'
import { readPush, readRelease } from './repository.ts'
import { GitLabSettings } from './settings.ts'

const TOKEN = 'x-gitlab-token'

const READERS = new Map<string, (payload: Payload, settings: GitLabSettings) => ReadPayload>([
  ['merge_request', readMergeRequest],
  ['deployment', ({ body }) => readDeployment(body)],
  ['pipeline', ({ body }, settings) => readPipeline(body, settings)],
  ['issue', ({ body }, settings) => readIssue(body, settings)],
  ['work_item', ({ body }, settings) => readIssue(body, settings)],
  ['push', readPush],
  ['release', ({ body }) => readRelease(body)],
  ['tag_push', () => ignored('Tags are read from the repository, where their commits are known.')],
  ['note', () => ignored('A comment is no review; an approval comes as an event of its merge request.')],
  ['build', () => ignored('A job is told by its pipeline.')],
])

/** Every payload says what it is, also those of system hooks, which all come under one header. */
const Kind = z.looseObject({ object_kind: z.string().max(100).optional(), event_name: z.string().max(100).optional() })

/** GitLab, by webhook of a project or group or by system hook of an instance of one's own, and by its REST API for the past. */
export const gitlab: SourceDefinition = {
  kind: 'gitlab',
  title: 'GitLab',
  brings:
    'Merge requests with their approvals, deployments, pipelines and issues, as they happen; from gitlab.com or an instance of your own.',
  steps: [
    'On GitLab open the project (or the group) and choose Settings, then Webhooks, then Add new webhook. For a whole instance: Admin, then System hooks.',
    'URL: {address}',
    'Secret token: {secret:webhook}',
    'Tick as triggers: Push events, Issues events, Merge request events, Pipeline events, Deployment events and Releases events.',
    'Leave "Enable SSL verification" on and the custom template empty, then press Add webhook.',
    'Choose Test, then Push events, beside the new webhook: what it was read as is shown here.',
    'To read the past year as well: Settings, then Access tokens, then Add new token; role Reporter, scope read_api. Give it here as "access token" and name projects or a group.',
  ],
  settings: GitLabSettings,
  secrets: [
    { name: 'webhook', label: 'secret token', made: 'here' },
    { name: 'signing', label: 'signing token (whsec_…), where the webhook has one', made: 'there', optional: true },
    {
      name: 'token',
      label: 'access token (of the project, the group or a person, with the scope read_api and the role Reporter), to read back',
      made: 'there',
      optional: true,
    },
  ],
  push: {
    eventOf({ headers }, body) {
      const { object_kind: kind, event_name: name } = Kind.safeParse(body).data ?? {}
      return kind ?? name ?? headers['x-gitlab-event'] ?? 'unnamed'
    },
    verify(delivery, { webhook = '', signing }, now) {
      // Where deliveries are signed, the token alone proves nothing any more.
      if (signing) return standardWebhook(delivery, signing, now)
      const given = delivery.headers[TOKEN]
      if (!given) return unsigned(TOKEN)
      return shown(sameText(webhook, given), replayKeyOf(delivery), TOKEN)
    },
    read(payload, settings) {
      const read = READERS.get(payload.event)
      return read
        ? read(payload, GitLabSettings.parse(settings))
        : ignored(`Events of the kind "${payload.event}" carry nothing that is kept.`)
    },
  },
  pull,
}

/** A token signs nothing, so the body is part of what a repetition is recognised by; GitLab repeats with the same key. */
function replayKeyOf({ headers, body }: Delivery): string {
  const name = headers['idempotency-key'] ?? headers['x-gitlab-event-uuid'] ?? ''
  return `${name.slice(0, 200)} ${digestOf(body)}`
}
