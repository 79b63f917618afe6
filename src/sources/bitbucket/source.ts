import { ownEntry } from '../../ground/core/index.ts'
import { ignored, type ReadPayload, type SourceDefinition } from '../../ground/intake/index.ts'
import { readPullRequest, readReview } from './pull-requests.ts'
import { BitbucketSettings, readPush } from './pushes.ts'
import { verifySigned } from './signed.ts'

const READERS: Record<string, (event: string, body: unknown, settings: BitbucketSettings) => ReadPayload> = {
  'pullrequest:created': readPullRequest,
  'pullrequest:updated': readPullRequest,
  'pullrequest:fulfilled': readPullRequest,
  'pullrequest:rejected': readPullRequest,
  'pullrequest:approved': (_, body) => readReview(body),
  'pullrequest:changes_request_created': (_, body) => readReview(body),
  'pullrequest:comment_created': (_, body) => readReview(body),
  'repo:push': (_, body, settings) => readPush(body, settings),
}

/** Bitbucket Cloud, by webhook of a repository or workspace. */
export const bitbucket: SourceDefinition = {
  kind: 'bitbucket',
  title: 'Bitbucket Cloud',
  brings: 'Pull requests with their reviews, and pushes to the main branch, as they happen.',
  steps: [
    'On Bitbucket open the repository (or the workspace) and choose Settings, then Webhooks, then Add webhook.',
    'URL: {address}',
    'Secret: {secret:webhook}',
    'Choose "Choose from a full list of triggers" and tick Repository: Push; Pull request: Created, Updated, Approved, Changes request created, Comment created, Merged and Declined.',
    'Press Save. The first event comes with the next push or pull request.',
  ],
  settings: BitbucketSettings,
  secrets: [{ name: 'webhook', label: 'webhook secret', made: 'here' }],
  push: {
    eventOf: ({ headers }) => headers['x-event-key'] ?? 'unnamed',
    verify: verifySigned,
    read({ event, body }, settings) {
      const read = ownEntry(READERS, event)
      return read
        ? read(event, body, BitbucketSettings.parse(settings))
        : ignored(`Events of the kind "${event}" carry nothing that is kept.`)
    },
  },
}
