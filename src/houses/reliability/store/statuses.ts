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
import type { KnownSlo, SliSums, SpanAsk } from './asks.ts'
import { fedByEach } from './fed.ts'
import { minutesAsked } from './minutes.ts'
import { sumsOfEach } from './sums.ts'
import { troublesOf } from './trouble.ts'
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

/** Some promises at a moment of theirs. */
export interface StatusAsk extends Omit<StatusMoment, 'scope'> {
  promises: readonly Slo[]
}

type Context = Pick<Ground, 'store' | 'catalog' | 'ledger'>

/** How promises stand, in the order asked: one status an objective, or one for all that make a composite. */
export async function statusesOf(promises: readonly Slo[], { at, asOf }: StatusMoment, ground: Context): Promise<SloStatus[]> {
  return (await statusesOfEach([{ promises, at, asOf }], ground))[0]!
}

/** The same of several at moments of their own: few statements, however many are asked. */
export async function statusesOfEach(asks: readonly StatusAsk[], ground: Context): Promise<SloStatus[][]> {
  const known = asks.flatMap(({ promises, at, asOf }) => promises.map((slo) => ({ slo, at, asOf })))
  if (known.length === 0) return asks.map(() => [])
  const fed = (await fedByEach(ground.store, known)).values()
  const lists = asks.map(({ promises }) =>
    promises.flatMap(() => {
      const { slo, ...moment } = fed.next().value!
      return judgedApart(slo).map((apart) => ({ ...moment, slo: apart }))
    }),
  )
  await ground.ledger.fresh('sli')
  const cutsOf = await cutsFor(ground, lists.flat())
  const judged = lists.map((list) => list.map((one): Judged => ({ ...one, cuts: cutsOf(one) })))
  const { true: counting = [], false: slicing = [] } = Object.groupBy(judged.flat(), ({ slo: { method } }) => `${method === 'occurrences'}`)
  const assessed = new Map([...(await byOccurrences(ground.store, counting)), ...(await bySlices(ground.store, slicing))])
  const unmeasured = judged.flat().filter((one) => one.asOf === null && assessed.get(one)!.status.unknown === 'no_samples')
  const troubleOf = await troublesOf(
    ground.store,
    unmeasured.map(({ slo }) => slo),
  )
  return judged.map((list) => list.map((one) => statusOf(one, assessed.get(one)!, troubleOf(one.slo))))
}

/** What is judged at once: a promise at a moment, with what does not count. */
interface Judged extends KnownSlo {
  at: Instant
  cuts: Cuts & { corrections: readonly Correction[] }
}

/** What came of it, with what else is told of it. */
interface Found {
  status: Assessed
  lastAt: Instant | null
  grain?: 'hour'
}

/** What is judged by itself: a composite as a whole, several objectives of one indicator each for itself. */
export function judgedApart(slo: Slo): Slo[] {
  return slo.composite ? [slo] : slo.objectives.map((objective) => ({ ...slo, objectives: [objective] }))
}

async function byOccurrences(store: Ground['store'], judged: readonly Judged[]): Promise<[Judged, Found][]> {
  const asks: SpanAsk[] = []
  const places = new Map<string, number>()
  const place = (ask: SpanAsk) => `${ask.subject}\n${ask.indicator}\n${ask.from}\n${ask.to}\n${ask.asOf}`
  for (const { slo, at, asOf, cuts } of judged)
    for (const { indicator } of slo.objectives)
      for (const { from, to } of spansOf(slo, at).flatMap((one) => countingIn(one, cuts))) {
        const ask = { subject: slo.service, indicator: indicator.name, from, to, asOf }
        if (!places.has(place(ask))) places.set(place(ask), asks.push(ask) - 1)
      }
  const sums = await sumsOfEach(store, asks)
  return judged.map((one) => {
    const { slo, at, asOf, cuts } = one
    const sumsIn = (objective: number, { from, to }: Window): SliSums =>
      sums[places.get(place({ subject: slo.service, indicator: slo.objectives[objective]!.indicator.name, from, to, asOf }))!]!
    const counted = (objective: number, span: Window): Counted => {
      const { good, total, minutes } = sumsIn(objective, span)
      return { good, total, said: minutes, of: minutesIn(span) }
    }
    const window = slo.objectives.flatMap((_, n) => countingIn(spansOf(slo, at)[0]!, cuts).map((span) => sumsIn(n, span)))
    const ends = window.flatMap(({ lastAt }) => lastAt ?? [])
    const grain = window.some((sums) => sums.grain) ? { grain: 'hour' as const } : {}
    return [one, { status: assess(slo, at, cuts, { counted }), lastAt: ends.length ? Math.max(...ends) : null, ...grain }]
  })
}

/** One service after another: their minutes are many. */
async function bySlices(store: Ground['store'], judged: readonly Judged[]): Promise<[Judged, Found][]> {
  const found: [Judged, Found][] = []
  for (const some of Map.groupBy(judged, ({ slo: { service } }) => service).values()) {
    const asks = some.flatMap(({ slo, at, asOf }) => {
      // A slice that begins in the window is whole in it: nothing before its start is asked for.
      const from = Math.min(...spansOf(slo, at).map((span) => span.from))
      return slo.objectives.map(({ indicator }) => ({ subject: slo.service, indicator: indicator.name, from, to: at, asOf }))
    })
    const minutesOf = await minutesAsked(store, asks)
    let place = 0
    for (const one of some)
      found.push([
        one,
        sliced(
          one,
          one.slo.objectives.map(() => minutesOf(place++)),
        ),
      ])
  }
  return found
}

function sliced({ slo, at, cuts }: Judged, minutes: Minutes[]): Found {
  const ends = minutes.flatMap((said) => lastSaid(said) ?? [])
  const { from } = spansOf(slo, at)[0]!
  const grain = minutes.some(({ spreadUntil = -Infinity }) => spreadUntil > from) ? { grain: 'hour' as const } : {}
  return { status: assess(slo, at, cuts, { minutes }), lastAt: ends.length ? Math.max(...ends) : null, ...grain }
}

function lastSaid({ from, total }: Minutes): Instant | null {
  const place = total.findLastIndex((value) => !Number.isNaN(value))
  return place < 0 ? null : from + (place + 1) * MINUTE
}

function statusOf({ slo, cuts }: Judged, { status, lastAt, grain }: Found, trouble: Unknown | null): SloStatus {
  const corrections: readonly Correction[] = cuts.corrections
  const { period, unknown, ...rest } = status
  return {
    slo: slo.ref,
    title: slo.title,
    service: slo.service,
    objective: slo.composite ? 'composite' : slo.objectives[0]!.name,
    method: slo.method,
    window: { ...period, text: slo.window.text },
    ...rest,
    ...(unknown ? { unknown: (unknown === 'no_samples' && trouble) || unknownStatus(unknown, slo, status) } : {}),
    lastAt,
    ...(grain ? { grain } : {}),
    corrections: corrections.filter(({ from, to }) => from < period.end && to > period.from),
  }
}
