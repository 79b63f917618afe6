import * as z from 'zod'
import { refuse } from '../../../ground/core/index.ts'
import { parseEvidence } from '../../../ground/ledger/index.ts'
import { refOf } from '../subject.ts'
import { Named, withContent } from './envelope.ts'

const Content = z.looseObject({
  environment: Named,
  description: z.string().max(2_000).optional(),
  service: Named.optional(),
  artifactId: z.string().max(2_000).optional(),
  ticketURI: z.string().max(2_000).optional(),
})

/**
 * incident.detected, reported and resolved: revisions of one incident. Only detection states when it was opened; from the
 * others it is assumed, until something earlier is told. Without a service it is about the environment.
 */
export const readIncident = withContent(Content, ({ type, at, subjectId, subjectSource, content, whole }) => {
  const { service, environment, artifactId, ticketURI, description } = content
  const subject = service ? refOf('component', service.id) : artifactId ? refOf('component', artifactId) : refOf('resource', environment.id)
  if (!subject)
    return refuse('evidence.bad_field', 'The field "subject.content.service.id" names nothing', {
      path: 'subject.content.service.id',
      fix: 'Name the service, for example component:default/checkout.',
    })
  const isTitled = description !== undefined && type !== 'incident.resolved'
  const assumed = [...(isTitled ? [] : ['title']), ...(type === 'incident.detected' ? [] : ['openedAt'])]
  return parseEvidence({
    kind: 'incident',
    source: subjectSource,
    id: subjectId,
    subject,
    at,
    title: description ?? subjectId,
    openedAt: at,
    ...(type === 'incident.resolved' ? { resolvedAt: at } : {}),
    ...(ticketURI && URL.canParse(ticketURI) ? { url: ticketURI } : {}),
    ...(assumed.length ? { assumed } : {}),
    environment: environment.id,
    ...(artifactId ? { artifact: artifactId } : {}),
    cdevent: whole,
  })
})
