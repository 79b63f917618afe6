import * as z from 'zod'
import { TimestampSchema } from '../../ground/core/index.ts'
import { ignored, reading, type ReadPayload, SubjectList, subjectNamed, told } from '../../ground/intake/index.ts'

/** What is chosen when PagerDuty is connected. */
export const PagerDutySettings = z.strictObject({
  /** What services stand for. */
  subjects: SubjectList.default([]).meta({
    title: 'Services and what they stand for here',
    description: 'Written as Checkout API=component:default/checkout; a service that is not named is the component of the same name.',
  }),
})
type PagerDutySettings = z.infer<typeof PagerDutySettings>

const Envelope = z.looseObject({
  event: z.looseObject({
    event_type: z.string().max(200),
    data: z.looseObject({ type: z.string().max(200).optional() }).nullish(),
  }),
})

const Named = z.looseObject({ summary: z.string().min(1).max(1_000) })

const Payload = z.looseObject({
  event: z.looseObject({
    event_type: z.string(),
    occurred_at: TimestampSchema,
    data: z.looseObject({
      id: z.string().min(1).max(200),
      title: z.string().min(1).max(2_000),
      created_at: TimestampSchema,
      html_url: z.url().max(2_000).nullish().catch(undefined),
      service: Named,
      priority: Named.nullish(),
      urgency: z.string().max(100).nullish(),
    }),
  }),
})

/** What an event says of an incident beside what the incident itself says. */
const TURNS: Record<string, (at: string) => Record<string, unknown>> = {
  // Several people may acknowledge: the first of them answered.
  'incident.acknowledged': (at) => ({ acknowledgedAt: at, assumed: ['acknowledgedAt'] }),
  'incident.resolved': (at) => ({ resolvedAt: at }),
  'incident.reopened': () => ({ resolvedAt: null }),
}

/** `incident.*`: the incident as it stands after the event; notes, responders and the like say nothing that is kept. */
export function readIncident(body: unknown, { subjects }: PagerDutySettings): ReadPayload {
  return reading(Envelope, ({ event: { event_type: type, data } }): ReadPayload => {
    if (type === 'pagey.ping') return ignored('PagerDuty says hello: the webhook works.')
    if (!type.startsWith('incident.') || (data?.type !== undefined && data.type !== 'incident'))
      return ignored(`Events of the kind "${type}" carry nothing that is kept.`)
    return reading(Payload, ({ event: { occurred_at: at, data: incident } }) =>
      told({
        kind: 'incident',
        source: 'pagerduty',
        id: incident.id,
        subject: subjectNamed(incident.service.summary, subjects),
        at,
        title: incident.title,
        severity: incident.priority?.summary ?? incident.urgency ?? undefined,
        openedAt: incident.created_at,
        url: incident.html_url ?? undefined,
        ...TURNS[type]?.(at),
      }),
    )(body)
  })(body)
}
