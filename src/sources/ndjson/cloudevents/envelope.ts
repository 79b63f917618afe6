import * as z from 'zod'
import { InstantSchema, refuse } from '../../../ground/core/index.ts'
import { EVIDENCE_KINDS, fieldProblems, parseEvidence } from '../../../ground/ledger/index.ts'
import { isCdEvent, parseCdEvent } from '../cdevents/index.ts'
import { below, type Read } from '../read.ts'
import { refOf } from '../subject.ts'

/** The attributes of a CloudEvent that are read here (CloudEvents 1.0.2, "Context Attributes"); extensions are kept. */
const CloudEvent = z.looseObject({
  specversion: z.string().regex(/^(?:0\.3|1\.\d+)$/, 'this reader knows the CloudEvents versions 1.x and 0.3'),
  id: z.string().min(1).max(400),
  source: z.string().min(1).max(200),
  type: z.string().min(1).max(2_000),
  time: InstantSchema.optional(),
  subject: z.string().max(2_000).optional(),
  datacontenttype: z.string().max(400).optional(),
  data: z.unknown().optional(),
  data_base64: z.base64().optional(),
})
type CloudEvent = z.infer<typeof CloudEvent>

/** True for an object that says which CloudEvents version it is in. */
export function isCloudEvent(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'specversion' in value && 'type' in value && !('context' in value)
}

/**
 * A CloudEvent in structured form: a CDEvent or one of our records in its `data` is read as what it is, anything else
 * becomes an `event`. A record in `data` may leave out what the envelope says: source, id, subject, at, and the kind when
 * the type is `dev.throughline.<kind>`. The attributes are kept with the record as they came, so that the event can be had
 * back.
 */
export function parseCloudEvent(value: unknown): Read {
  const read = CloudEvent.safeParse(value)
  if (!read.success) return { ok: false, problems: fieldProblems(read.error, value) }
  const event = read.data
  if (event.data !== undefined && event.data_base64 !== undefined)
    return refuse('evidence.bad_field', 'The fields "data" and "data_base64" exclude each other', {
      path: 'data_base64',
      fix: 'State one of them.',
    })
  const { data, attributes } = partsOf(event, Object(value))
  if (isCdEvent(data)) return inData(parseCdEvent(data), attributes)
  const stated = attributes.time
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
      attributes,
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
    cloudevent: attributes,
  })
}

/** What was read of `data`, with the attributes around it; problems are named below `data`. */
function inData(read: Read, attributes: Record<string, unknown>): Read {
  if (!read.ok) return { ok: false, problems: below('data', read.problems) }
  return { ok: true, value: Object.assign(read.value, { cloudevent: attributes }) }
}

/**
 * Data and attributes apart. Data in base64 is data like any other when it is JSON: CloudEvents knows both ways to write it.
 * Other bytes stay with the attributes as they came.
 */
function partsOf(event: CloudEvent, value: object): { data: unknown; attributes: Record<string, unknown> } {
  const { data, data_base64: encoded, ...attributes } = { data: undefined, data_base64: undefined, ...value } as Record<string, unknown>
  if (event.data_base64 === undefined) return { data: data ?? undefined, attributes }
  const read = isJson(event.datacontenttype) ? jsonOr(Buffer.from(event.data_base64, 'base64').toString('utf8')) : undefined
  return read === undefined ? { data: undefined, attributes: { ...attributes, data_base64: encoded } } : { data: read, attributes }
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

/** Whether a media type is JSON; data without one is (CloudEvents JSON format 1.0.2, 3.1). */
export function isJson(mediaType: string | undefined): boolean {
  return mediaType === undefined || /[/+]json\b/i.test(mediaType)
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
