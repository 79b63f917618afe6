import * as z from 'zod'
import { refuse } from '../../../ground/core/index.ts'
import { parseEvidence } from '../../../ground/ledger/index.ts'
import { refOf } from '../subject.ts'
import { commitOf } from './artifact.ts'
import { Named, withContent } from './envelope.ts'

const Content = z.looseObject({ description: z.string().max(100_000).optional(), repository: Named.optional() })

/**
 * change.created, reviewed, updated, merged and abandoned: revisions of one change. The first review is the earliest one
 * told; what was not told stays unknown.
 */
export const readChange = withContent(Content, ({ type, at, subjectId, subjectSource, content, customData, whole }) => {
  const repository = content.repository?.id ?? subjectSource
  const subject = refOf('repository', repository)
  if (!subject)
    return refuse('evidence.missing_field', 'The field "subject.content.repository" is missing', {
      path: 'subject.content.repository',
      fix: 'Name the repository the change is for, for example {"id": "acme/shop"}.',
    })
  const number = /(?:^|[/:#!])(\d{1,15})$/.exec(subjectId)?.[1]
  const mergeCommit = type === 'change.merged' ? commitOf(undefined, customData) : null
  return parseEvidence({
    kind: 'change',
    source: subjectSource,
    id: subjectId,
    subject,
    at,
    ...(number ? { number: Number(number) } : {}),
    ...(content.description === undefined ? {} : { body: content.description }),
    ...MOMENTS[type]?.(at),
    ...(mergeCommit ? { mergeCommit } : {}),
    cdevent: whole,
  })
})

const MOMENTS: Record<string, (at: string) => Record<string, unknown>> = {
  'change.created': (at) => ({ openedAt: at }),
  'change.reviewed': (at) => ({ firstReviewAt: at, assumed: ['firstReviewAt'] }),
  'change.merged': (at) => ({ mergedAt: at, closedAt: at }),
  'change.abandoned': (at) => ({ closedAt: at }),
}
