import * as z from 'zod'
import { refuse } from '../../../ground/core/index.ts'
import { parseEvidence } from '../../../ground/ledger/index.ts'
import { refOf } from '../subject.ts'
import { withContent } from './envelope.ts'

const Content = z.looseObject({
  uri: z.url().max(2_000).optional(),
  summary: z.string().max(2_000).optional(),
  ticketType: z.string().max(2_000).optional(),
  group: z.string().max(2_000).optional(),
  priority: z.string().max(2_000).optional(),
  milestone: z.string().max(2_000).optional(),
  labels: z.array(z.string().max(2_000)).max(1_000).optional(),
  resolution: z.string().max(2_000).optional(),
})

/**
 * ticket.created, updated and closed: revisions of one work item, about the group or tracker it belongs to. Who made it,
 * changed it or works on it stands in the event alone, as pseudonyms.
 */
export const readTicket = withContent(Content, ({ type, at, subjectId, subjectSource, content, whole }) => {
  const { uri, summary, ticketType, labels, resolution, group, priority, milestone } = content
  const subject = (group && refOf('group', group)) || refOf('system', subjectSource)
  if (!subject)
    return refuse('evidence.missing_field', 'The field "subject.content.group" is missing, and "subject.source" names nothing', {
      path: 'subject.content.group',
      fix: 'Name the group the ticket belongs to.',
    })
  const isCreated = type === 'ticket.created'
  const isClosed = type === 'ticket.closed'
  const assumed = [...(summary === undefined ? ['title'] : []), ...(isCreated ? [] : ['createdAt']), ...(isClosed ? [] : ['state'])]
  return parseEvidence({
    kind: 'work_item',
    source: subjectSource,
    id: subjectId,
    subject,
    at,
    title: summary ?? subjectId,
    state: isClosed ? (resolution ?? 'closed') : 'open',
    createdAt: at,
    ...(isClosed ? { doneAt: at } : {}),
    ...(ticketType === undefined ? {} : { type: ticketType }),
    ...(labels ? { labels } : {}),
    ...(uri ? { url: uri } : {}),
    ...(assumed.length ? { assumed } : {}),
    ...(priority === undefined ? {} : { priority }),
    ...(milestone === undefined ? {} : { milestone }),
    cdevent: whole,
  })
})
