import { type Instant, MINUTE, type Ref, type Unknown, type Window } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import {
  assess,
  type Assessed,
  type Budget,
  type BudgetState,
  type Burn,
  type Counted,
  countingIn,
  type Cuts,
  type Minutes,
  minutesIn,
  type ObjectiveStatus,
  type Period,
  spansOf,
} from '../assess/index.ts'
import type { BudgetingMethod, Correction, Slo } from '../intent/model.ts'
import { cutsFor } from './cuts.ts'
import { fedBy } from './fed.ts'
import { minutesOfEach } from './minutes.ts'
import type { SliSums, SpanAsk } from './asks.ts'
import { sumsOfEach } from './sums.ts'
import { unknownStatus } from './unknown.ts'

/** How a promise stands at a moment. */
export interface SloStatus {
  slo: Ref
  title: string
  service: Ref
  /** Name of the objective, `composite` where several make one. */
  objective: string
  /** Least share of good; of a composite the lowest of its objectives'. */
  target: number
  method: BudgetingMethod
  /** What has passed of the window, and when its calendar period ends (`to` for a rolling one). */
  window: Period & { text: string }
  sli: number | null
  budget: Budget
  burn: Burn
  /** Events in the window. */
  n: number
  /** Missed: overspent; at risk: less than a tenth left, or at the pace of the last day gone within a week or before the period ends. */
  state: BudgetState
  unknown?: Unknown
  /** When the budget is gone at the pace of the last day; null where it lasts or is gone. */
  exhaustsAt: Instant | null
  /** End of the last minute of which something was said. */
  lastAt: Instant | null
  objectives: ObjectiveStatus[]
  /** Minutes of the window that count, and of which something was said. */
  coverage: { of: number; said: number }
  /** What was cut out of the window. */
  corrections: Correction[]
  /** Set where minutes at a border are not known any more, and have their share of their hour. */
  grain?: 'hour'
}

/** Whose moment it is: of what happened before `at`, what was known by `asOf` (null: now). */
export interface StatusMoment {
  at: Instant
  asOf: Instant | null
  scope?: string
}

/**
 * How promises stand, in the order asked: one status an objective, or one for all that make a composite. One statement
 * for all that count events, and the minutes of those that count slices.
 */
export async function statusesOf(
  promises: readonly Slo[],
  { at, asOf }: StatusMoment,
  ground: Pick<Ground, 'store' | 'catalog' | 'ledger'>,
): Promise<SloStatus[]> {
  const { store } = ground
  const slos = (await fedBy(store, promises, asOf)).flatMap(judgedApart)
  await ground.ledger.fresh('sli')
  const cutsOf = await cutsFor(ground, slos, asOf)
  const assessed = new Map<Slo, Judged>()
  const counting = slos.filter(({ method }) => method === 'occurrences')
  for (const [slo, one] of await byOccurrences(store, counting, at, asOf, cutsOf)) assessed.set(slo, one)
  for (const slo of slos) if (slo.method !== 'occurrences') assessed.set(slo, await bySlices(store, slo, at, asOf, cutsOf(slo)))
  return slos.map((slo) => statusOf(slo, assessed.get(slo)!, cutsOf(slo).corrections))
}

/** What is judged by itself: a composite as a whole, several objectives of one indicator each for itself. */
export function judgedApart(slo: Slo): Slo[] {
  return slo.composite ? [slo] : slo.objectives.map((objective) => ({ ...slo, objectives: [objective] }))
}

/** A promise held against what happened, with what else is told of it. */
interface Judged {
  status: Assessed
  lastAt: Instant | null
  grain?: 'hour'
}

async function byOccurrences(
  store: Ground['store'],
  slos: readonly Slo[],
  at: Instant,
  asOf: Instant | null,
  cutsOf: (slo: Slo) => Cuts,
): Promise<Map<Slo, Judged>> {
  const asks: SpanAsk[] = []
  const places = new Map<string, number>()
  const place = (ask: SpanAsk) => `${ask.subject}\n${ask.indicator}\n${ask.from}\n${ask.to}`
  for (const slo of slos)
    for (const { indicator } of slo.objectives)
      for (const span of spansOf(slo, at).flatMap((one) => countingIn(one, cutsOf(slo)))) {
        const ask = { subject: slo.service, indicator: indicator.name, from: span.from, to: span.to }
        if (!places.has(place(ask))) places.set(place(ask), asks.push(ask) - 1)
      }
  const sums = await sumsOfEach(store, asks, asOf)
  return new Map(
    slos.map((slo) => {
      const sumsIn = (objective: number, { from, to }: Window): SliSums =>
        sums[places.get(place({ subject: slo.service, indicator: slo.objectives[objective]!.indicator.name, from, to }))!]!
      const counted = (objective: number, span: Window): Counted => {
        const { good, total, minutes } = sumsIn(objective, span)
        return { good, total, said: minutes, of: minutesIn(span) }
      }
      const cuts = cutsOf(slo)
      const window = slo.objectives.flatMap((_, n) => countingIn(spansOf(slo, at)[0]!, cuts).map((span) => sumsIn(n, span)))
      const ends = window.flatMap(({ lastAt }) => lastAt ?? [])
      const grain = window.some((one) => one.grain) ? { grain: 'hour' as const } : {}
      return [slo, { status: assess(slo, at, cuts, { counted }), lastAt: ends.length ? Math.max(...ends) : null, ...grain }]
    }),
  )
}

async function bySlices(store: Ground['store'], slo: Slo, at: Instant, asOf: Instant | null, cuts: Cuts): Promise<Judged> {
  const spans = spansOf(slo, at)
  // A slice that begins in the window is whole in it: nothing before its start is asked for.
  const reach = { from: Math.min(...spans.map(({ from }) => from)), to: at }
  const asks = slo.objectives.map(({ indicator }) => ({ subject: slo.service, indicator: indicator.name }))
  const minutes = await minutesOfEach(store, asks, reach, asOf)
  const ends = minutes.flatMap((one) => lastSaid(one) ?? [])
  const grain = minutes.some(({ spreadUntil = -Infinity }) => spreadUntil > spans[0]!.from) ? { grain: 'hour' as const } : {}
  return { status: assess(slo, at, cuts, { minutes }), lastAt: ends.length ? Math.max(...ends) : null, ...grain }
}

function lastSaid({ from, total }: Minutes): Instant | null {
  const place = total.findLastIndex((value) => !Number.isNaN(value))
  return place < 0 ? null : from + (place + 1) * MINUTE
}

function statusOf(slo: Slo, { status, lastAt, grain }: Judged, corrections: readonly Correction[]): SloStatus {
  const { period, unknown, ...rest } = status
  return {
    slo: slo.ref,
    title: slo.title,
    service: slo.service,
    objective: slo.composite ? 'composite' : slo.objectives[0]!.name,
    method: slo.method,
    window: { ...period, text: slo.window.text },
    ...rest,
    ...(unknown ? { unknown: unknownStatus(unknown, slo, status) } : {}),
    lastAt,
    ...(grain ? { grain } : {}),
    corrections: corrections.filter(({ from, to }) => from < period.end && to > period.from),
  }
}
