import * as z from 'zod'
import { ignored, reading, type ReadPayload, told } from '../../ground/intake/index.ts'
import { Account, At, isBot, numbered, Repository, subjectOf } from './shapes.ts'

const PullRequest = z.looseObject({
  number: z.number().int(),
  title: z.string(),
  body: z.string().nullish(),
  html_url: z.string().optional(),
  user: Account.nullish(),
  head: z.looseObject({ ref: z.string() }).optional(),
  base: z.looseObject({ ref: z.string() }).optional(),
  created_at: At,
  updated_at: At,
  merged_at: At.nullish(),
  closed_at: At.nullish(),
  merge_commit_sha: z.string().nullish(),
  additions: z.number().int().optional(),
  deletions: z.number().int().optional(),
  draft: z.boolean().optional(),
  labels: z.array(z.looseObject({ name: z.string() })).default([]),
})
type PullRequest = z.infer<typeof PullRequest>

/** `pull_request`: the change as it stands after the event. */
export const readPullRequest = reading(
  z.looseObject({ action: z.string(), pull_request: PullRequest, repository: Repository }),
  ({ pull_request: pull, repository }) => told(changeOf(pull, repository)),
)

/** A pull request as a record, as webhook and API both tell it. */
export function changeOf(pull: PullRequest, repository: Repository): Record<string, unknown> {
  const merged = pull.merged_at ?? undefined
  return {
    kind: 'change',
    source: 'github',
    id: numbered(repository, pull.number),
    subject: subjectOf(repository),
    at: pull.updated_at,
    number: pull.number,
    title: pull.title,
    body: pull.body ?? undefined,
    url: pull.html_url,
    author: pull.user?.login,
    bot: pull.user && isBot(pull.user) ? true : undefined,
    branch: pull.head?.ref,
    base: pull.base?.ref,
    draft: pull.draft ? true : undefined,
    openedAt: pull.created_at,
    mergedAt: merged,
    // A pull request that was opened again has no end any more: null says so.
    closedAt: pull.closed_at ?? null,
    mergeCommit: merged === undefined ? undefined : (pull.merge_commit_sha ?? undefined),
    additions: pull.additions,
    deletions: pull.deletions,
    labels: pull.labels.map(({ name }) => name),
  }
}

const Review = z.looseObject({ state: z.string(), submitted_at: At.nullish(), user: Account.nullish() })

/** `pull_request_review`: when somebody else first looked, and when somebody approved. The earliest that is told stands. */
export const readReview = reading(
  z.looseObject({
    action: z.string(),
    review: Review,
    pull_request: PullRequest.pick({ number: true, user: true }).loose(),
    repository: Repository,
  }),
  ({ action, review, pull_request: pull, repository }): ReadPayload => {
    const { submitted_at: at, user } = review
    if (action !== 'submitted' || !at) return ignored('Only a review that was submitted says when somebody looked.')
    if (!user || isBot(user)) return ignored('A review by a program is no review by a colleague.')
    if (user.login === pull.user?.login) return ignored('What the author says of their own pull request is no review.')
    const isApproval = review.state.toLowerCase() === 'approved'
    return told({
      kind: 'change',
      source: 'github',
      id: numbered(repository, pull.number),
      subject: subjectOf(repository),
      at,
      number: pull.number,
      firstReviewAt: at,
      approvedAt: isApproval ? at : undefined,
      assumed: isApproval ? ['firstReviewAt', 'approvedAt'] : ['firstReviewAt'],
    })
  },
)
