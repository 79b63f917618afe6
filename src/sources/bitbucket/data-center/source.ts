import { ownEntry } from '../../../ground/core/index.ts'
import { ignored, type ReadPayload, type SourceDefinition } from '../../../ground/intake/index.ts'
import { BitbucketSettings } from '../pushes.ts'
import { verifySigned } from '../signed.ts'
import { readPullRequest, readReview } from './pull-requests.ts'
import { readPush } from './pushes.ts'

const READERS: Record<string, (event: string, body: unknown, settings: BitbucketSettings) => ReadPayload> = {
  'pr:opened': readPullRequest,
  'pr:modified': readPullRequest,
  'pr:from_ref_updated': readPullRequest,
  'pr:merged': readPullRequest,
  'pr:declined': readPullRequest,
  'pr:deleted': readPullRequest,
  'pr:reviewer:approved': readReview,
  'pr:reviewer:changes_requested': readReview,
  // What the same is called up to 8.
  'pr:reviewer:needs_work': readReview,
  'pr:comment:added': readReview,
  'repo:refs_changed': (_, body, settings) => readPush(body, settings),
  'diagnostics:ping': () => ignored('Bitbucket tests the connection: it works.'),
}

/** Bitbucket Data Center and Server, by webhook of a repository or project. */
export const bitbucketDataCenter: SourceDefinition = {
  kind: 'bitbucket-data-center',
  title: 'Bitbucket Data Center',
  brings: 'Pull requests with their reviews, and pushes to the main branch, as they happen.',
  steps: [
    'In Bitbucket open the repository (or, from version 8, the project) and choose Repository settings, then Webhooks, then Create webhook.',
    'URL: {address}',
    'Secret: {secret:webhook}',
    'Under Repository tick Push; under Pull request tick Opened, Source branch updated, Modified, Approved, Changes requested (or Needs work), Merged, Declined, Deleted and Comment added.',
    'Press Save. The first event comes with the next push or pull request.',
  ],
  settings: BitbucketSettings,
  secrets: [{ name: 'webhook', label: 'webhook secret', made: 'here' }],
  push: {
    eventOf: ({ headers }) => headers['x-event-key']?.slice(0, 100) ?? 'unnamed',
    verify: verifySigned,
    read({ event, body }, settings) {
      const read = ownEntry(READERS, event)
      return read
        ? read(event, body, BitbucketSettings.parse(settings))
        : ignored(`Events of the kind "${event}" carry nothing that is kept.`)
    },
  },
}
