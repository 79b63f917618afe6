import { ownEntry } from '../../../ground/core/index.ts'
import type { Read } from '../read.ts'
import { readChange } from './change.ts'
import { readDeployment } from './deployment.ts'
import { typeOf } from './envelope.ts'
import { readIncident } from './incident.ts'
import { readOther } from './other.ts'
import { readTicket } from './ticket.ts'

const READERS: Readonly<Record<string, (value: unknown) => Read>> = {
  'service.deployed': readDeployment,
  'service.upgraded': readDeployment,
  'service.rolledback': readDeployment,
  'change.created': readChange,
  'change.reviewed': readChange,
  'change.updated': readChange,
  'change.merged': readChange,
  'change.abandoned': readChange,
  'incident.detected': readIncident,
  'incident.reported': readIncident,
  'incident.resolved': readIncident,
  'ticket.created': readTicket,
  'ticket.updated': readTicket,
  'ticket.closed': readTicket,
}

/** True for an object with the two parts every CDEvent has. */
export function isCdEvent(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'context' in value &&
    typeof value.context === 'object' &&
    'subject' in value &&
    typeof value.subject === 'object'
  )
}

/**
 * A CDEvent (cdevents.dev, versions up to 0.6): services to deployments, changes, incidents and tickets to records of
 * their kind, everything else to `event`. Refuses naming the field that does not fit.
 */
export function parseCdEvent(value: unknown): Read {
  return readerOf(value)(value)
}

function readerOf(value: unknown): (value: unknown) => Read {
  const context = typeof value === 'object' && value !== null && 'context' in value ? value.context : null
  const type = typeof context === 'object' && context !== null && 'type' in context ? context.type : null
  if (typeof type !== 'string' || !/^dev\.cdevents\./i.test(type)) return readOther
  return ownEntry(READERS, typeOf(type)) ?? readOther
}
