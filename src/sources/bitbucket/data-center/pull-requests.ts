import * as z from 'zod'
import { ignored, reading, type ReadPayload, told } from '../../../ground/intake/index.ts'
import { numbered, subjectOf } from '../shapes.ts'
import { At, fullName, isBot, Milliseconds, nameOf, Repository, User } from './shapes.ts'

const Branch = z.looseObject({ displayId: z.string().max(1_000).nullish() })
const Participant = z.looseObject({ user: User })

const PullRequest = z.looseObject({
  id: z.number().int(),
  title: z.string(),
  description: z.string().nullish(),
  author: Participant.nullish(),
  fromRef: Branch.nullish(),
  // The repository it is merged into; that of `fromRef` may be a fork.
  toRef: Branch.extend({ repository: Repository }),
  createdDate: Milliseconds,
  updatedDate: Milliseconds,
  closedDate: Milliseconds.nullish(),
  draft: z.boolean().nullish(),
  properties: z.looseObject({ mergeCommit: z.looseObject({ id: z.string().min(1).max(100) }).nullish() }).nullish(),
  links: z
    .looseObject({
      self: z
        .array(z.looseObject({ href: z.string().max(2_000) }))
        .max(10)
        .nullish(),
    })
    .nullish(),
})

/** `pr:opened`, `modified`, `from_ref_updated`, `merged`, `declined`, `deleted`: the change as it stands after the event. */
export function readPullRequest(event: string, body: unknown): ReadPayload {
  return reading(z.looseObject({ date: At, pullRequest: PullRequest }), ({ date, pullRequest: pull }): ReadPayload => {
    const repository = fullName(pull.toRef.repository)
    const author = pull.author?.user
    const isMerged = event === 'pr:merged'
    const isDeleted = event === 'pr:deleted'
    const endedAt = isDeleted ? date : (pull.closedDate ?? pull.updatedDate)
    const address = pull.links?.self?.[0]?.href
    return told({
      kind: 'change',
      source: 'bitbucket',
      id: numbered(repository, pull.id),
      subject: subjectOf(repository),
      at: isDeleted ? date : pull.updatedDate,
      number: pull.id,
      title: pull.title,
      body: pull.description || undefined,
      url: address && URL.canParse(address) ? address : undefined,
      author: author ? nameOf(author) : undefined,
      bot: author && isBot(author) ? true : undefined,
      branch: pull.fromRef?.displayId ?? undefined,
      base: pull.toRef.displayId ?? undefined,
      draft: pull.draft ? true : undefined,
      openedAt: pull.createdDate,
      mergedAt: isMerged ? endedAt : undefined,
      closedAt: isMerged || isDeleted || event === 'pr:declined' ? endedAt : undefined,
      mergeCommit: isMerged ? pull.properties?.mergeCommit?.id : undefined,
      deleted: isDeleted ? true : undefined,
    })
  })(body)
}

const Review = z.looseObject({
  date: At,
  pullRequest: PullRequest.pick({ id: true, author: true, toRef: true }).loose(),
  participant: Participant.nullish(),
  comment: z.looseObject({ author: User, createdDate: Milliseconds }).nullish(),
})

/** `pr:reviewer:approved`, `reviewer:changes_requested`, `comment:added`: when somebody else first looked, and when somebody approved. */
export function readReview(event: string, body: unknown): ReadPayload {
  return reading(Review, ({ date, pullRequest: pull, participant, comment }): ReadPayload => {
    const user = participant?.user ?? comment?.author
    const author = pull.author?.user
    if (!user) return ignored('Without a name nobody knows whether somebody else looked.')
    if (isBot(user)) return ignored('A review by a program is no review by a colleague.')
    if (author && nameOf(user) === nameOf(author)) return ignored('What the author says of their own pull request is no review.')
    const repository = fullName(pull.toRef.repository)
    const at = comment?.createdDate ?? date
    const isApproval = event === 'pr:reviewer:approved'
    return told({
      kind: 'change',
      source: 'bitbucket',
      id: numbered(repository, pull.id),
      subject: subjectOf(repository),
      at,
      number: pull.id,
      firstReviewAt: at,
      approvedAt: isApproval ? at : undefined,
      assumed: isApproval ? ['firstReviewAt', 'approvedAt'] : ['firstReviewAt'],
    })
  })(body)
}
