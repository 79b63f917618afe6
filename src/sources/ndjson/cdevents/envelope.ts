import * as z from 'zod'
import { formatInstant, InstantSchema, refuse } from '../../../ground/core/index.ts'
import { fieldProblems } from '../../../ground/ledger/index.ts'
import type { Read } from '../read.ts'

/** What every CDEvent says (cdevents.dev/docs/spec, "Context" and "Subject"). Versions before 0.5 wrote `version` for `specversion`. */
export const Envelope = z.looseObject({
  context: z.looseObject({
    specversion: z.string().min(1).max(40).optional(),
    version: z.string().min(1).max(40).optional(),
    id: z.string().min(1).max(400),
    source: z.string().min(1).max(200),
    type: z
      .string()
      .regex(
        /^dev\.cdeventsx?\.[a-z0-9-]+\.[a-z0-9-]+\.\d+\.\d+\.\d+(?:-[a-z0-9.]+)?$/i,
        'a type reads dev.cdevents.<subject>.<predicate>.<version>',
      ),
    timestamp: InstantSchema,
    chainId: z.string().min(1).max(2_000).optional(),
    links: z.array(z.looseObject({})).max(1_000).optional(),
  }),
  subject: z.looseObject({
    id: z.string().min(1).max(400),
    source: z.string().min(1).max(200).optional(),
    content: z.looseObject({}),
  }),
  customData: z.unknown().optional(),
})

/** A thing that a content names. */
export const Named = z.looseObject({ id: z.string().min(1).max(400), source: z.string().optional() })

/** One CDEvent with the content of its type, as the readers of types get it. */
export interface CdEvent<Content> {
  /** `service.deployed`. */
  type: string
  /** `dev.cdevents.service.deployed.0.3.0`. */
  fullType: string
  eventId: string
  /** Where the event comes from. */
  eventSource: string
  /** When it happened, RFC 3339 in UTC. */
  at: string
  subjectId: string
  /** Where the subject lives: together with its id it names the record that several events tell of. */
  subjectSource: string
  content: Content
  customData: Readonly<Record<string, unknown>>
  /** The event as it came: kept with the record, so that it can be had back. */
  whole: Readonly<Record<string, unknown>>
}

/** Reads envelope and content; `read` makes the record. Problems name their place in the event. */
export function withContent<Content extends z.ZodType>(
  content: Content,
  read: (event: CdEvent<z.infer<Content>>) => Read,
): (value: unknown) => Read {
  const whole = Envelope.extend({ subject: Envelope.shape.subject.extend({ content }) })
  return (value) => {
    const parsed = whole.safeParse(value)
    if (!parsed.success) return { ok: false, problems: fieldProblems(parsed.error, value) }
    const { context, subject, customData } = parsed.data
    if (context.specversion === undefined && context.version === undefined)
      return refuse('evidence.missing_field', 'The field "context.specversion" is missing', {
        path: 'context.specversion',
        fix: 'State the version of CDEvents it is written in, for example "0.5.0" ("context.version" up to 0.4).',
      })
    const { type, id, source, timestamp } = context
    return read({
      type: typeOf(type),
      fullType: type,
      eventId: id,
      eventSource: source,
      at: formatInstant(timestamp),
      subjectId: subject.id,
      subjectSource: subject.source ?? source,
      content: subject.content as z.infer<Content>, // what `whole` parsed it with
      customData: typeof customData === 'object' && customData !== null ? { ...customData } : {},
      whole: { ...Object(value) },
    })
  }
}

/** `service.deployed` of `dev.cdevents.service.deployed.0.3.0`. */
export function typeOf(type: string): string {
  return type.toLowerCase().split('.').slice(2, 4).join('.')
}
