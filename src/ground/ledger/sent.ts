import type { Content } from './hash.ts'

/** Fields in which a record carries the envelope it came in, as it came; data of a CloudEvent is kept apart from its attributes. */
export const ENVELOPES = ['cdevent', 'cloudevent'] as const

/** A revision with the name of its record. */
interface Said {
  kind: string
  source: string
  id: string
  subject: string
  said: Content
}

/**
 * What a revision was told by, in the form it was sent: the CloudEvent or CDEvent it came in, else the record itself. People
 * stand in it as their pseudonyms. Sent again it is a duplicate.
 */
export function sentAs({ said, ...name }: Said): Content {
  const { cdevent, cloudevent, ...own } = said
  const record = { ...name, ...own }
  if (!isObject(cloudevent)) return isObject(cdevent) ? cdevent : record
  const inner = isObject(cdevent) ? cdevent : name.kind === 'event' ? own.data : record
  return inner === undefined ? cloudevent : { ...cloudevent, data: inner }
}

function isObject(value: unknown): value is Content {
  return typeof value === 'object' && value !== null
}
