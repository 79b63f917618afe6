import * as z from 'zod'
import { DAY, formatInstant, type Instant, MINUTE, operation, RefSchema, type Window } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { Store } from '../../../ground/store/index.ts'
import { deadTests, eventsOneFailureIsLostIn, type Episode, pairsOf, replay, rulesOfPairs } from '../assess/burn/index.ts'
import { assess, type Minutes, spansOf } from '../assess/index.ts'
import { lengthOf, parseSloDuration, type Slo } from '../intent/index.ts'
import { minutesOf } from '../store/minutes.ts'
import { pastCalls } from '../telemetry/index.ts'
import { periodOf } from './watches.ts'

const Duration = z.string().refine((text) => parseSloDuration(text) !== null, {
  error: 'is not a duration; write a whole number and m, h, d, w, M, Q or Y, for example 28d',
})

/** A promise that is being written. */
const Draft = z
  .object({
    service: RefSchema,
    /** Samples that are sent; or else `calls`. */
    indicator: z.string().min(1).max(200).optional(),
    /** Calls the service answers, as its spans tell: those without error count as good, or those within a time. */
    calls: z
      .object({ operation: z.string().min(1).max(200).optional(), withinMs: z.coerce.number().gt(0).max(86_400_000).optional() })
      .optional(),
    /** Least share of good. */
    target: z.coerce.number().min(0).lt(1),
    method: z.enum(['occurrences', 'timeslices', 'ratio_timeslices']).default('occurrences'),
    window: Duration.default('28d'),
    /** Where periods are counted by a calendar: from when, as OpenSLO writes it, and by which clock. */
    calendar: z
      .object({
        startTime: z.string().regex(/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d$/),
        timeZone: z.string().refine(isZone, 'is no time zone'),
      })
      .optional(),
    slice: Duration.default('1m'),
    /** Ratio at which a slice is good. */
    sliceTarget: z.coerce.number().gt(0).max(1).default(1),
    leastEvents: z.coerce.number().int().min(0).default(0),
    silence: z.enum(['unknown', 'good', 'bad']).default('unknown'),
    /** Days of the past it is tried on. */
    days: z.coerce.number().int().min(1).max(90).default(28),
  })
  .refine(({ indicator, calls }) => (indicator === undefined) !== (calls === undefined), {
    error: 'name an indicator, or calls',
    path: ['indicator'],
  })
type Draft = z.infer<typeof Draft>

function isZone(text: string): boolean {
  try {
    return Boolean(Temporal.PlainDateTime.from('2026-01-01').toZonedDateTime(text))
  } catch {
    return false
  }
}

const Fired = z.object({ severity: z.string(), from: z.string(), to: z.string().nullable(), most: z.number() })

const PreviewView = z.object({
  window: z.object({ from: z.string(), to: z.string() }),
  /** Share of good over these days; null where nothing can be said. */
  kept: z.number().nullable(),
  budgetRemaining: z.number().nullable(),
  /** Events in these days. */
  n: z.number(),
  /** Minutes of these days, and of how many anything was said. */
  minutes: z.object({ of: z.number().int(), said: z.number().int() }),
  fired: z.array(Fired),
  /** How often, by severity. */
  counts: z.record(z.string(), z.number().int()),
  /** Thresholds that can never be reached at this target. */
  unreachable: z.array(z.object({ severity: z.string(), burn: z.number() })),
  /** Of calls within a time: the duration that counts, the nearest end of a bucket. */
  countedMs: z.number().nullable(),
  /** Events an hour below which a single failure fires the fastest alert; null where it has none. */
  oneFailureBelow: z.number().int().nullable(),
})

export const previewOperation = operation({
  id: 'slo.preview',
  method: 'post',
  path: '/slos/preview',
  scope: 'read',
  summary: 'A promise that is being written, tried on the past: how much would have been kept, and when alerts would have fired',
  input: Draft,
  output: PreviewView,
  run: (draft, ground: Ground) => previewOf(draft, ground.clock(), ground),
})

/** @param now until when; whole minutes */
export async function previewOf(
  draft: Draft,
  now: Instant,
  { store, ledger }: Pick<Ground, 'store' | 'ledger'>,
): Promise<z.input<typeof PreviewView>> {
  await ledger.fresh('sli')
  const to = Math.floor(now / MINUTE) * MINUTE
  const from = to - draft.days * DAY
  const slo = sloOf(draft)
  const period = periodOf(slo.window)
  const rules = rulesOfPairs(pairsOf(period), period)
  const longest = Math.max(0, ...rules.flatMap(({ anyOf }) => anyOf.flatMap(({ windows }) => windows)))
  const { minutes, countedMs } = await pastOf(draft, { from: Math.min(from - longest, to - period, spansOf(slo, to)[0]!.from), to }, store)
  const first = minutes.total.findIndex((value) => !Number.isNaN(value))
  const none = { corrections: [], since: draft.silence === 'unknown' || first < 0 ? null : minutes.from + first * MINUTE }
  const tried = assess({ ...slo, window: { kind: 'rolling', length: to - from, text: '' } }, to, none, { minutes: [minutes] })
  const looked = draft.method === 'occurrences' ? minutes : sliced(minutes, draft)
  const leastEvents = draft.method === 'occurrences' ? draft.leastEvents : 0
  const fired = replay(rules, looked, { target: draft.target, leastEvents, silence: draft.silence }).filter(
    (one) => one.to === null || one.to > from,
  )
  const [fastest] = rules
  return {
    window: { from: formatInstant(from), to: formatInstant(to) },
    kept: tried.sli,
    budgetRemaining: assess(slo, to, none, { minutes: [minutes] }).budget.remaining,
    n: tried.n,
    minutes: tried.coverage,
    fired: fired.map(firedView),
    counts: Object.fromEntries([...Map.groupBy(fired, ({ severity }) => severity)].map(([severity, some]) => [severity, some.length])),
    unreachable: rules.flatMap((rule) =>
      deadTests(rule, draft.target).map(({ threshold }) => ({ severity: rule.severity, burn: threshold })),
    ),
    countedMs,
    oneFailureBelow: fastest ? eventsOneFailureIsLostIn(fastest.anyOf[0]!, draft.target) : null,
  }
}

async function pastOf(
  { service, indicator, calls }: Draft,
  window: Window,
  store: Store,
): Promise<{ minutes: Minutes; countedMs: number | null }> {
  if (calls) return pastCalls({ store }, { subject: service, ...calls }, { from: Math.floor(window.from / MINUTE) * MINUTE, to: window.to })
  return { minutes: await minutesOf(store, { subject: service, indicator: indicator! }, window, null), countedMs: null }
}

function sloOf({ service, indicator = '', target, method, window, calendar, slice, sliceTarget, leastEvents, silence }: Draft): Slo {
  const duration = parseSloDuration(window)!
  return {
    ref: 'slo:default/draft',
    title: 'draft',
    service,
    method,
    window: calendar
      ? { kind: 'calendar', duration, start: calendar.startTime.replace('T', ' '), zone: calendar.timeZone, text: window }
      : { kind: 'rolling', length: lengthOf(duration), text: window },
    composite: false,
    objectives: [
      {
        name: 'objective-1',
        target,
        weight: 1,
        indicator: { name: indicator, metrics: null },
        ...(method === 'occurrences' ? {} : { slice: { length: lengthOf(parseSloDuration(slice)!), target: sliceTarget } }),
      },
    ],
    alertPolicies: [],
    silence,
    leastEvents,
  }
}

/** Minutes that count as their slice does: wholly good or not, or by its ratio. */
function sliced({ from, good, total }: Minutes, { method, slice, sliceTarget }: Draft): Minutes {
  const length = lengthOf(parseSloDuration(slice)!) / MINUTE
  const judged: Minutes = { from, good: new Float64Array(total.length).fill(NaN), total: new Float64Array(total.length).fill(NaN) }
  const first = (length - ((from / MINUTE) % length)) % length
  for (let start = first; start + length <= total.length; start += length) {
    let [of, all] = [0, 0]
    for (let minute = start; minute < start + length; minute++)
      if (!Number.isNaN(total[minute]!)) {
        of += good[minute]!
        all += total[minute]!
      }
    if (all === 0) continue
    judged.total.fill(1, start, start + length)
    judged.good.fill(method === 'timeslices' ? Number(of / all >= sliceTarget) : Math.min(1, of / all), start, start + length)
  }
  return judged
}

function firedView({ severity, from, to, most }: Episode): z.input<typeof Fired> {
  return { severity, from: formatInstant(from), to: to === null ? null : formatInstant(to), most }
}
