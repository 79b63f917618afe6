import * as z from 'zod'
import { InstantSchema, refuse } from '../../ground/core/index.ts'
import { EVIDENCE_KINDS, fieldProblems, parseEvidence } from '../../ground/ledger/index.ts'
import { isCdEvent, parseCdEvent } from './cdevents/index.ts'
import { below, type Read } from './read.ts'
import { decoded, refOf } from './subject.ts'

/** The attributes of a CloudEvent that are read here (CloudEvents 1.0.2, "Context Attributes"); extensions are kept. */
const CloudEvent = z.looseObject({
  specversion: z.string().regex(/^(?:0\.3|1\.\d+)$/, 'this reader knows the CloudEvents versions 1.x and 0.3'),
  id: z.string().min(1).max(400),
  source: z.string().min(1).max(200),
  type: z.string().min(1).max(2_000),
  time: InstantSchema.optional(),
  subject: z.string().optional(),
  datacontenttype: z.string().optional(),
  data: z.unknown().optional(),
  data_base64: z.base64().optional(),
})
type CloudEvent = z.infer<typeof CloudEvent>

const ATTRIBUTES = new Set(['specversion', 'id', 'source', 'type', 'time', 'subject', 'data', 'data_base64'])

/** True for an object that says which CloudEvents version it is in. */
export function isCloudEvent(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'specversion' in value && 'type' in value && !('context' in value)
}

/**
 * A CloudEvent in structured form: a CDEvent or one of our records in its `data` is read as what it is, anything else
 * becomes an `event`. A record in `data` may leave out what the envelope says: source, id, subject, at, and the kind when
 * the type is `dev.throughline.<kind>`.
 */
export function parseCloudEvent(value: unknown): Read {
  const read = CloudEvent.safeParse(value)
  if (!read.success) return { ok: false, problems: fieldProblems(read.error, value) }
  const event = read.data
  const data = dataOf(event)
  if (isCdEvent(data)) return inData(parseCdEvent(data))
  const stated = Reflect.get(Object(value), 'time')
  const time = typeof stated === 'string' ? { at: stated } : {}
  const kind = kindOf(event, data)
  if (kind)
    return inData(
      parseEvidence({
        source: event.source,
        id: event.id,
        ...time,
        ...(event.subject === undefined ? {} : { subject: event.subject }),
        ...Object(data),
        kind,
      }),
    )
  if (!('at' in time))
    return refuse('evidence.missing_field', 'The field "time" is missing', {
      path: 'time',
      fix: 'State when it happened, for example "time": "2026-05-04T09:30:00Z".',
    })
  const subject = subjectOf(event)
  if (!subject)
    return refuse('evidence.missing_field', 'The field "subject" is missing, and "source" names nothing the event could be about', {
      path: 'subject',
      fix: 'State "subject" as a reference, for example component:default/checkout.',
    })
  return parseEvidence({
    kind: 'event',
    source: event.source,
    id: event.id,
    subject,
    ...time,
    type: event.type,
    data: data ?? null,
    cloudevent: furtherAttributes(event),
  })
}

/** A CloudEvent in binary form (CloudEvents HTTP binding 1.0.2, 3.1): attributes in `ce-` headers, the body is its data. */
export function fromBinary(headers: Headers, body: string): unknown {
  const event: Record<string, unknown> = {}
  for (const [name, value] of headers) if (name.startsWith('ce-')) event[name.slice(3)] = decoded(value)
  const contentType = headers.get('content-type')
  if (contentType) event.datacontenttype = contentType
  if (body !== '') event.data = isJson(contentType) ? jsonOr(body) : body
  return event
}

/** True when headers carry a CloudEvent in binary form. */
export function isBinary(headers: Headers): boolean {
  return headers.has('ce-specversion')
}

function inData(read: Read): Read {
  return read.ok ? read : { ok: false, problems: below('data', read.problems) }
}

function dataOf({ data, data_base64: encoded, datacontenttype }: CloudEvent): unknown {
  if (encoded === undefined) return data
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  return isJson(datacontenttype ?? null) ? jsonOr(text) : { base64: encoded }
}

function kindOf(event: CloudEvent, data: unknown): string | null {
  if (typeof data !== 'object' || data === null) return null
  const kind = 'kind' in data ? data.kind : /^dev\.throughline\.(\w+)$/.exec(event.type)?.[1]
  return EVIDENCE_KINDS.find((one) => one === kind) ?? null
}

function subjectOf({ subject, source }: CloudEvent): string | null {
  const named = subject?.includes(':') ? refOf('component', subject) : null
  return named ?? refOf('component', source)
}

function furtherAttributes(event: CloudEvent): Record<string, unknown> | undefined {
  const further = Object.entries(event).filter(([name, value]) => !ATTRIBUTES.has(name) && value !== undefined)
  if (event.subject !== undefined) further.push(['subject', event.subject])
  return further.length ? Object.fromEntries(further) : undefined
}

function isJson(contentType: string | null): boolean {
  return contentType === null || /[/+]json\b/i.test(contentType)
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
