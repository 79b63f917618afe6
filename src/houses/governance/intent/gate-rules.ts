import * as z from 'zod'
import { MeasureId, QuantityText, RefText, SubjectText } from '../../../ground/catalog/index.ts'
import { parseDuration } from '../../../ground/core/index.ts'

/** A length of time as written: `90s`, `36h`, `4.1d`, `2w`. */
const Length = z
  .string()
  .max(40)
  .refine((text) => {
    const read = parseDuration(text)
    return read.ok && read.value > 0
  }, 'write a length of time such as 1h or 7d')

/** What a release is for: a rule may let some purposes pass. */
export const PURPOSES = ['feature', 'fix', 'reliability', 'security'] as const
export type Purpose = (typeof PURPOSES)[number]

const Share = z.union([z.number(), z.string().regex(/^\s*[+-]?\d+(?:\.\d+)?\s*%\s*$/, 'write a share such as 10% or 0.1')], {
  error: 'write a share such as 10% or 0.1',
})

/** What every rule says of itself. */
const common = {
  /** Unique in its policy; the kind of the rule where left out. */
  name: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?$/, 'a rule is named by small letters, digits, and inner - or _')
    .optional(),
  /** `enforce` holds a release, `warn` only tells. */
  mode: z.enum(['enforce', 'warn']),
  /** Releases for these purposes pass it. */
  exempt: z.array(z.enum(PURPOSES)).max(PURPOSES.length).default([]),
}
/** What is done where nothing is known: never left to chance, so it has no default. */
const unknown = z.enum(['pass', 'warn', 'hold'], { error: 'say what is done where nothing is known: pass, warn or hold' })
const slos = z.array(RefText('slo')).max(50).optional()

/** Wall time without a zone; the zone is the rule's. */
const WallTime = z.string().regex(/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/, 'write a day or a wall time: 2026-12-20 or 2026-12-20T18:00')
const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'write a time of day: 16:00')
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const Weekday = z.enum(WEEKDAYS)
export type Weekday = (typeof WEEKDAYS)[number]

const spanCommon = {
  reason: z.string().trim().min(1).max(400),
  /** Subjects that may be released all the same. */
  except: z.array(SubjectText).max(100).default([]),
}
/** Once, from one wall time until another; a day alone begins at midnight. */
const OnceSpan = z.strictObject({ from: WallTime, to: WallTime, ...spanCommon })
/** Every week on these days between two times of day. */
const WeeklySpan = z.strictObject({
  days: z.array(Weekday).min(1).max(7),
  after: ClockTime.default('00:00'),
  before: ClockTime.default('24:00'),
  ...spanCommon,
})

/** A time zone by its name. */
export const Zone = z.string().max(60).refine(isZone, 'name a time zone as the IANA data base does, for example Europe/Berlin or UTC')

const BudgetRule = z.strictObject({
  rule: z.literal('budget'),
  ...common,
  unknown,
  /** Least share of the error budget that is left. */
  atLeast: Share,
  /** SLOs it looks at; all of the component where left out. */
  slos,
})
export const BURN_WINDOWS = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const
const BurnRule = z.strictObject({
  rule: z.literal('burn'),
  ...common,
  unknown,
  /** How many times faster than it lasts the budget may be spent. */
  atMost: z.number().min(0).max(100_000),
  window: z.enum(BURN_WINDOWS, { error: `a burn rate is read over one of ${BURN_WINDOWS.join(', ')}` }),
  slos,
})
const FreezeRule = z.strictObject({
  rule: z.literal('freeze'),
  ...common,
  zone: Zone,
  spans: z
    .array(z.union([OnceSpan, WeeklySpan]))
    .min(1)
    .max(200),
})
const IncidentRule = z.strictObject({
  rule: z.literal('open_incident'),
  ...common,
  unknown,
  /** Severities that count, as sources write them; all where left out. An incident without one always counts. */
  severities: z.array(z.string().trim().min(1).max(100)).min(1).max(50).optional(),
})
const FailureRule = z.strictObject({
  rule: z.literal('recent_failures'),
  ...common,
  unknown,
  /** Failed deployments that are still borne. */
  atMost: z.number().int().min(0).max(1_000),
  /** Among the last so many new deployments, … */
  last: z.number().int().min(1).max(200).optional(),
  /** … or those of this length of time. */
  within: Length.optional(),
})
/** The place for whatever else can be measured: findings, reviews, checklists. */
const MeasureRule = z.strictObject({
  rule: z.literal('measure'),
  ...common,
  unknown,
  measure: MeasureId,
  /** The component that is released where left out. */
  subject: SubjectText.optional(),
  where: z.record(z.string().max(100), z.string().max(400)).optional(),
  quantile: z.enum(['p50', 'p75', 'p90']).optional(),
  window: Length.default('28d'),
  atMost: QuantityText.optional(),
  atLeast: QuantityText.optional(),
})

export const GateRule = z.discriminatedUnion('rule', [BudgetRule, BurnRule, FreezeRule, IncidentRule, FailureRule, MeasureRule])
export type GateRule = z.output<typeof GateRule>

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
