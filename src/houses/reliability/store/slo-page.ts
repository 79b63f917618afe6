import { HOUR, type Instant, MINUTE, type Ref, Refusal, type Window } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type Annotation, annotationsOf } from '../../../ground/measures/index.ts'
import { countIn, countingIn, type Cuts, type Minutes, spendingOf, spentIn } from '../assess/index.ts'
import type { Slo } from '../intent/index.ts'
import { cutsFor } from './cuts.ts'
import { fedBy } from './fed.ts'
import { minutesOfEach } from './minutes.ts'
import { slosOf } from './slos.ts'
import { type Spender, spendersOf } from './spenders.ts'
import { judgedApart, type SloStatus, statusesOf } from './statuses.ts'
import { type MoneyTouched, moneyTouched, outcomesTouched } from './touched.ts'

/** One step of the window: what happened in it, and what was left after it. */
export interface Step extends Window {
  good: number
  total: number
  /** Share of the budget spent in it. */
  spent: number
  /** Share left at its end, of what the window allows until now; null while nothing was said. */
  remaining: number | null
}

/** All that the page of an SLO tells of one of its objectives. */
export interface SloPage {
  slo: Slo
  statuses: SloStatus[]
  /** The one that is told in full. */
  status: SloStatus
  steps: Step[]
  happened: Annotation[]
  spenders: Spender[]
  money: MoneyTouched
  outcomes: { ref: Ref; title: string }[]
}

/** Steps a window is cut into, about. */
const STEPS = 60

export async function sloPage(
  ground: Ground,
  { ref, objective, at, asOf, known }: { ref: Ref; objective?: string; at: Instant; asOf: Instant | null; known: Instant },
): Promise<SloPage> {
  const [slo] = await fedBy(ground.store, await slosOf(ground, { refs: [ref], asOf: known }), asOf)
  if (!slo)
    throw new Refusal('slo.unknown', `There is no SLO ${ref} that can be read.`, {
      status: 404,
      fix: '"throughline slo" lists those there are, and what is wrong with those that cannot be read.',
    })
  const statuses = await statusesOf([slo], { at, asOf }, ground)
  const status = statuses.find((one) => one.objective === objective) ?? statuses[0]!
  const meant = judgedApart(slo)[statuses.indexOf(status)]!
  const cuts = (await cutsFor(ground, [{ slo: meant, asOf }]))({ slo: meant, asOf })
  const asks = meant.objectives.map(({ indicator }) => ({ subject: slo.service, indicator: indicator.name }))
  const minutes = await minutesOfEach(ground.store, asks, { from: status.window.from, to: at }, asOf)
  const spending = spendingOf(meant, at, cuts, minutes)
  const steps = stepsOf(status, cuts, minutes, (span) => spentIn(spending, span))
  return {
    slo,
    statuses,
    status,
    steps,
    happened: await annotationsOf({ subject: slo.service, buckets: steps, at, asOf: known }, ground),
    spenders: await spendersOf(ground, slo.service, spending, status.budget.minutesTotal, asOf),
    money: await moneyTouched(ground, {
      slo: ref,
      service: slo.service,
      minutes: status.budget.remaining === null ? null : spentIn(spending, spending.period) * status.budget.minutesTotal,
      from: status.window.from,
      to: at,
      asOf: known,
    }),
    outcomes: await outcomesTouched(ground, slo.service, known),
  }
}

function stepsOf({ window, budget }: SloStatus, cuts: Cuts, minutes: readonly Minutes[], spent: (span: Window) => number): Step[] {
  const length = Math.max(MINUTE, Math.ceil((window.end - window.from) / STEPS / HOUR) * HOUR)
  const steps: Step[] = []
  let left = 1
  let said = false
  for (let from = window.from; from < window.to; from += length) {
    const span = { from, to: Math.min(from + length, window.to) }
    const counted = minutes.map((one) => countIn(one, countingIn(span, cuts)))
    const here = spent(span)
    left -= here
    said ||= counted.some((one) => one.said > 0)
    steps.push({
      ...span,
      good: counted.reduce((sum, { good }) => sum + good, 0),
      total: counted.reduce((sum, { total }) => sum + total, 0),
      spent: here,
      remaining: said && budget.remaining !== null ? left : null,
    })
  }
  return steps
}
