import * as z from 'zod'
import { formatInstant } from '../../ground/core/index.ts'
import { ignored, type Payload, reading, type ReadPayload, told } from '../../ground/intake/index.ts'
import { Account, addressOf, At, Iid, isBot, Labels, placeOf, Project, subjectOf } from './shapes.ts'

const Event = z.looseObject({
  user: Account.nullish(),
  project: Project,
  labels: Labels,
  object_attributes: z.looseObject({
    iid: Iid,
    action: z.string().nullish(),
    state: z.string(),
    title: z.string(),
    description: z.string().nullish(),
    url: z.string().nullish(),
    author_id: z.number().int().nullish(),
    /** The next three are in what is read back alone. */
    author: Account.nullish(),
    merged_at: At.nullish(),
    closed_at: At.nullish(),
    source_branch: z.string().nullish(),
    target_branch: z.string().nullish(),
    draft: z.boolean().nullish(),
    created_at: At,
    updated_at: At,
    merge_commit_sha: z.string().nullish(),
    squash_commit_sha: z.string().nullish(),
  }),
})
type Event = z.infer<typeof Event>

const APPROVALS = new Set(['approved', 'approval'])
const WITHDRAWALS = new Set(['unapproved', 'unapproval'])

/** `merge_request`: the change as it stands after the event, or that a colleague approved it. */
export function readMergeRequest({ body, receivedAt }: Payload): ReadPayload {
  return reading(Event, (event): ReadPayload => {
    const { action } = event.object_attributes
    if (action && APPROVALS.has(action)) return approvalOf(event, receivedAt === undefined ? undefined : formatInstant(receivedAt))
    if (action && WITHDRAWALS.has(action)) return ignored('That an approval was withdrawn does not undo that somebody looked.')
    return told(changeOf(event))
  })(body)
}

/** `acme/shop!12`, as people write it: an issue is `#12`, and may well have the same number. */
function named({ project, object_attributes: { iid } }: Event): Record<string, unknown> {
  return { kind: 'change', source: 'gitlab', id: `${placeOf(project)}!${iid}`, subject: subjectOf(project), number: iid }
}

function changeOf(event: Event): Record<string, unknown> {
  const { user, labels, object_attributes: request } = event
  const { action, state, updated_at: at } = request
  const isOpen = state === 'opened' || state === 'locked'
  const isMerged = state === 'merged'
  // A webhook knows the author by number alone; who opened it is whoever acted, if the numbers are the same.
  const author = request.author ?? (user && user.id !== undefined && user.id === request.author_id ? user : undefined)
  return {
    ...named(event),
    at,
    title: request.title,
    body: request.description ?? undefined,
    url: addressOf(request.url),
    author: author?.username,
    bot: author && isBot(author) ? true : undefined,
    branch: request.source_branch ?? undefined,
    base: request.target_branch ?? undefined,
    draft: request.draft ? true : undefined,
    openedAt: request.created_at,
    // A webhook tells no moment of merging or closing, but the event that says it happened was the last update.
    mergedAt: isMerged ? (request.merged_at ?? (action === 'merge' ? at : undefined)) : undefined,
    closedAt: isOpen ? null : (endOf(request) ?? (action === 'merge' || action === 'close' ? at : undefined)),
    mergeCommit: isMerged ? (request.merge_commit_sha ?? request.squash_commit_sha ?? undefined) : undefined,
    labels: labels.map(({ title }) => title),
  }
}

/** One that is merged has no other end. */
function endOf({ state, merged_at: merged, closed_at: closed }: Event['object_attributes']): string | undefined {
  return (state === 'merged' ? merged : closed) ?? undefined
}

/** The payload does not say when, and an approval is no update: it is told by when it came. */
function approvalOf(event: Event, at: string | undefined): ReadPayload {
  const { user, object_attributes: request } = event
  if (!user || isBot(user)) return ignored('An approval by a program is no review by a colleague.')
  if (user.id !== undefined && user.id === request.author_id)
    return ignored('What the author says of their own merge request is no review.')
  if (at === undefined) return ignored('Nothing says when this approval was given.')
  // `approval` is one of several that are required; with `approved` there are enough.
  const isEnough = request.action === 'approved'
  return told({
    ...named(event),
    at,
    firstReviewAt: at,
    approvedAt: isEnough ? at : undefined,
    assumed: isEnough ? ['firstReviewAt', 'approvedAt'] : ['firstReviewAt'],
  })
}
