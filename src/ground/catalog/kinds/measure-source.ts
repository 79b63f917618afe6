import * as z from 'zod'
import { Duration, MeasureId, Words } from './fields.ts'

const Event = Words.max(200)
/** How long somebody has: longer than nothing, or nobody could keep it. */
const Span = Duration.refine((text) => !/^\s*[-+]|^0+(?:\.0+)?[a-z]/.test(text.replaceAll(' ', '')), {
  error: 'has to be longer than nothing; write for example 7d',
})
const Zone = z.string().max(60).refine(isZone, { error: 'is not a time zone; write for example Europe/Oslo or UTC' })

/**
 * What a measure of the organisation's own is answered from. Each kind is answered by whoever registered it with the
 * registry of measures; here stands only how it is written.
 */
export const MeasureSource = z.discriminatedUnion('kind', [
  /** Values that are sent in; `keep` says what several of one day make: their mean unless told. */
  z.strictObject({ kind: z.literal('series'), keep: z.enum(['mean', 'sum', 'last']).optional() }),
  /** One measure divided by another. */
  z.strictObject({ kind: z.literal('ratio'), of: MeasureId, per: MeasureId }),
  /** Arithmetic of other measures, by the names given to them: `(orders - returns) / visits`. */
  z.strictObject({
    kind: z.literal('expression'),
    text: Words.max(400),
    measures: z.record(z.string().regex(/^[a-z][a-z0-9_]{0,29}$/, { error: 'is not a name; use a to z, digits and _' }), MeasureId),
  }),
  /** How often something happened in the product, or to how many. */
  z.strictObject({ kind: z.literal('events'), event: Event, count: z.enum(['events', 'actors']).optional() }),
  /** Share of those who began that reached a valuable moment in time. */
  z
    .strictObject({ kind: z.literal('activation'), start: Event, value: Event, within: Span })
    .refine(({ start, value }) => start !== value, { error: 'is the event that begins; name the one that shows value', path: ['value'] }),
  /** Share of those who began that came back in the given interval after. */
  z.strictObject({
    kind: z.literal('retention'),
    start: Event,
    return: Event,
    interval: z.enum(['day', 'week', 'month']),
    /** Which interval after the start the measure tells: the first unless told. */
    period: z.number().int().min(1).max(104).optional(),
    /** Whose days, weeks and months count; that of the question unless told. */
    zone: Zone.optional(),
  }),
  /** Share of those who took the first step that took the last one in time. */
  z.strictObject({
    kind: z.literal('funnel'),
    steps: z
      .array(Event)
      .min(2)
      .max(10)
      .refine((steps) => new Set(steps).size === steps.length, { error: 'names one event twice; each step is another event' }),
    within: Span,
  }),
  /** Revenue net of refunds in one currency, divided by those who were active or who paid in the same time. */
  z.strictObject({
    kind: z.literal('revenue_per_user'),
    currency: z.string().regex(/^[A-Z]{3}$/, { error: 'is not a currency; write for example EUR' }),
    per: z.enum(['active', 'paying']),
    /** What makes somebody active; any event when left out. */
    active: Event.optional(),
  }),
])

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** The unit a source answers in, where it leaves no choice; null where the measure says it. */
export function unitOf(source: MeasureSource | undefined): string | null {
  switch (source?.kind) {
    case 'activation':
    case 'retention':
    case 'funnel':
      return 'ratio'
    case 'revenue_per_user':
      return source.currency
    default:
      return null
  }
}
export type MeasureSource = z.infer<typeof MeasureSource>
