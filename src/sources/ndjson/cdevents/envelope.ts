import * as z from 'zod'
import { formatInstant, InstantSchema } from '../../../ground/core/index.ts'
import { fieldProblems } from '../../../ground/ledger/index.ts'
import type { Read } from '../read.ts'

/** What every CDEvent says (cdevents.dev/docs/spec, "Context" and "Subject"). Versions before 0.5 wrote `version` for `specversion`. */
export const Envelope = z.looseObject({
  context: z.looseObject({
    id: z.string().min(1).max(400),
    source: z.string().min(1).max(200),
    type: z
      .string()
      .regex(
        /^dev\.cdeventsx?\.[a-z0-9-]+\.[a-z0-9-]+\.\d+\.\d+\.\d+(?:-[a-z0-9.]+)?$/i,
        'a type reads dev.cdevents.<subject>.<predicate>.<version>',
      ),
    timestamp: InstantSchema,
    chainId: z.string().optional(),
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
  /** What the envelope says beside, kept with the record. */
  kept: Readonly<Record<string, unknown>>
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
    const { type, id, source, timestamp, chainId } = context
    return read({
      type: typeOf(type),
      eventId: id,
      eventSource: source,
      at: formatInstant(timestamp),
      subjectId: subject.id,
      subjectSource: subject.source ?? source,
      content: subject.content as z.infer<Content>, // what `whole` parsed it with
      customData: typeof customData === 'object' && customData !== null ? { ...customData } : {},
      kept: { type, id, ...(chainId ? { chainId } : {}), ...(customData === undefined ? {} : { customData }) },
    })
  }
}

/** `service.deployed` of `dev.cdevents.service.deployed.0.3.0`. */
export function typeOf(type: string): string {
  return type.toLowerCase().split('.').slice(2, 4).join('.')
}
