import * as z from 'zod'
import { ignored, reading, type ReadPayload, told } from '../../ground/intake/index.ts'
import { Account, At, isBot, nameOf, numbered, Repository, subjectOf } from './shapes.ts'

const Branch = z.looseObject({ branch: z.looseObject({ name: z.string().max(1_000) }).nullish() })

const PullRequest = z.looseObject({
  id: z.number().int(),
  title: z.string(),
  description: z.string().nullish(),
  author: Account.nullish(),
  source: Branch.nullish(),
  destination: Branch.nullish(),
  merge_commit: z.looseObject({ hash: z.string() }).nullish(),
  created_on: At,
  updated_on: At,
  draft: z.boolean().nullish(),
  links: z.looseObject({ html: z.looseObject({ href: z.string() }).nullish() }).nullish(),
})

/** `pullrequest:created`, `updated`, `fulfilled`, `rejected`: the change as it stands after the event. */
export function readPullRequest(event: string, body: unknown): ReadPayload {
  return reading(z.looseObject({ pullrequest: PullRequest, repository: Repository }), ({ pullrequest: pull, repository }): ReadPayload => {
    const { updated_on: at, author } = pull
    const isMerged = event === 'pullrequest:fulfilled'
    const address = pull.links?.html?.href
    return told({
      kind: 'change',
      source: 'bitbucket',
      id: numbered(repository, pull.id),
      subject: subjectOf(repository),
      at,
      number: pull.id,
      title: pull.title,
      body: pull.description || undefined,
      url: address && URL.canParse(address) ? address : undefined,
      author: author ? nameOf(author) : undefined,
      bot: author && isBot(author) ? true : undefined,
      branch: pull.source?.branch?.name,
      base: pull.destination?.branch?.name,
      draft: pull.draft ? true : undefined,
      openedAt: pull.created_on,
      // Bitbucket has no moment of its own for them: the event that ends a pull request is its last update.
      mergedAt: isMerged ? at : undefined,
      closedAt: isMerged || event === 'pullrequest:rejected' ? at : undefined,
      mergeCommit: isMerged ? pull.merge_commit?.hash : undefined,
    })
  })(body)
}

const Said = z.looseObject({ user: Account })

/** `pullrequest:approved`, `changes_request_created`, `comment_created`: when somebody else first looked, and when somebody approved. */
export const readReview = reading(
  z.looseObject({
    approval: Said.extend({ date: At }).optional(),
    changes_request: Said.extend({ date: At }).optional(),
    comment: Said.extend({ created_on: At }).optional(),
    pullrequest: PullRequest.pick({ id: true, author: true }).loose(),
    repository: Repository,
  }),
  ({ approval, changes_request: request, comment, pullrequest: pull, repository }): ReadPayload => {
    const user = (approval ?? request ?? comment)?.user
    const at = approval?.date ?? request?.date ?? comment?.created_on
    if (!user || !at) return ignored('Without a moment nobody knows when somebody looked.')
    if (isBot(user)) return ignored('A review by a program is no review by a colleague.')
    if (pull.author && nameOf(user) === nameOf(pull.author)) return ignored('What the author says of their own pull request is no review.')
    return told({
      kind: 'change',
      source: 'bitbucket',
      id: numbered(repository, pull.id),
      subject: subjectOf(repository),
      at,
      number: pull.id,
      firstReviewAt: at,
      approvedAt: approval ? at : undefined,
      assumed: approval ? ['firstReviewAt', 'approvedAt'] : ['firstReviewAt'],
    })
  },
)
