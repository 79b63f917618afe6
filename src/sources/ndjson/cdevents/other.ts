import * as z from 'zod'
import { ownEntry, refuse } from '../../../ground/core/index.ts'
import { parseEvidence } from '../../../ground/ledger/index.ts'
import { refOf } from '../subject.ts'
import { Named, withContent } from './envelope.ts'

const Content = z.looseObject({ repository: Named.optional(), service: Named.optional(), pipelineName: z.string().optional() })

/**
 * Every other valid CDEvent, kept as an `event` about the repository, service or pipeline it names, else its own subject.
 * Senders reuse one context id for what happens one after the other: the type is part of the name, so that a build that
 * finished is no revision of the build that was queued.
 */
export const readOther = withContent(Content, ({ type, fullType, eventId, eventSource, at, subjectId, content, customData, whole }) => {
  const [about] = type.split('.')
  const subject = content.repository
    ? refOf('repository', content.repository.id)
    : refOf(ownEntry(KINDS, about!) ?? 'component', content.service?.id ?? content.pipelineName ?? subjectId)
  if (!subject)
    return refuse('evidence.bad_field', `The field "subject.id" cannot be "${subjectId}"`, {
      path: 'subject.id',
      fix: 'Use letters or digits, for example checkout.',
    })
  return parseEvidence({
    kind: 'event',
    source: eventSource,
    id: `${type}/${eventId}`,
    subject,
    at,
    type: fullType,
    data: { subject: { id: subjectId, content }, customData },
    cdevent: whole,
  })
})

/** What the subject of an event is, where it is not a component. */
const KINDS: Record<string, string> = { repository: 'repository', environment: 'resource' }
