import { MINUTE, type Window } from '../../../ground/core/index.ts'
import type { Slo } from '../intent/model.ts'
import { countIn, type Minutes } from './minutes.ts'
import { compositeSlices, slicesOf, tellsSlices } from './slices.ts'
import { countingIn, type Cuts } from './status.ts'
import { type Period, periodAt } from './windows.ts'

/** Share of the error budget each minute of the window spent; what all of them spent is 1 − remaining. */
export interface Spending {
  period: Period
  /** From the first minute of the window. */
  perMinute: Float64Array
}

/**
 * Which minute spent how much of the budget of a promise: a bad event its share of all events of the window, a bad slice
 * its share of all slices, evenly over its minutes. So whatever happened in a span can be told what it cost.
 * @param minutes of each objective, reaching over the window
 */
export function spendingOf(slo: Slo, at: number, cuts: Cuts, minutes: readonly Minutes[]): Spending {
  const period = periodAt(slo.window, at)
  const from = Math.ceil(period.from / MINUTE) * MINUTE
  const perMinute = new Float64Array(Math.max(0, Math.ceil((period.to - from) / MINUTE)))
  const counting = countingIn(period, cuts)
  if (slo.method === 'occurrences') {
    for (const [place, objective] of slo.objectives.entries())
      addEvents(perMinute, from, minutes[place]!, counting, slo, (slo.composite ? objective.weight : 1) / (1 - objective.target))
  } else addSlices(perMinute, from, minutes, counting, slo, period)
  return { period: { ...period, from }, perMinute }
}

/** What a span of the window spent. */
export function spentIn({ period, perMinute }: Spending, span: Window): number {
  let spent = 0
  const end = Math.min(perMinute.length, Math.ceil((span.to - period.from) / MINUTE))
  for (let place = Math.max(0, Math.ceil((span.from - period.from) / MINUTE)); place < end; place++) spent += perMinute[place]!
  return spent
}

function addEvents(
  perMinute: Float64Array,
  from: number,
  { from: first, good, total }: Minutes,
  counting: readonly Window[],
  { silence }: Slo,
  factor: number,
): void {
  const all = countIn({ from: first, good, total }, counting)
  // A silent minute that counts as bad weighs like an average one (`errorOfOccurrences`).
  const dark = silence !== 'bad' ? 0 : all.said === 0 ? 1 : all.total / all.said
  const weight = all.total + dark * (all.of - all.said)
  if (weight === 0) return
  for (const span of counting) {
    const end = Math.ceil(span.to / MINUTE) * MINUTE
    for (let at = Math.ceil(span.from / MINUTE) * MINUTE; at < end; at += MINUTE) {
      const here = total[(at - first) / MINUTE] ?? NaN
      const bad = Number.isNaN(here) ? dark : here - good[(at - first) / MINUTE]!
      perMinute[(at - from) / MINUTE]! += (bad / weight) * factor
    }
  }
}

function addSlices(
  perMinute: Float64Array,
  from: number,
  minutes: readonly Minutes[],
  counting: readonly Window[],
  slo: Slo,
  period: Period,
): void {
  if (slo.method === 'occurrences' || slo.objectives.some((objective, place) => !tellsSlices(minutes[place]!, objective, period))) return
  const { method, objectives, silence } = slo
  const anchor = slo.window.kind === 'calendar' ? period.from : 0
  const parts = objectives.map((objective, place) => ({
    ...slicesOf(minutes[place]!, objective, method, { span: period, anchor, counting }),
    weight: objective.weight,
  }))
  const slices = parts.length === 1 ? parts[0]! : compositeSlices(parts, method)
  const losses = [...slices.errors].map((error) =>
    error < 0 || (Number.isNaN(error) && silence === 'unknown') ? null : lossOf(error, silence === 'bad'),
  )
  const n = losses.filter((loss) => loss !== null).length
  const per = slices.length / MINUTE
  const target = Math.min(...objectives.map((objective) => objective.target))
  for (const [place, loss] of losses.entries()) {
    if (loss === null) continue
    const start = (slices.from - from) / MINUTE + place * per
    for (let minute = start; minute < start + per; minute++) perMinute[minute]! += loss / n / per / (1 - target)
  }
}

function lossOf(error: number, silentIsBad: boolean): number {
  return Number.isNaN(error) ? (silentIsBad ? 1 : 0) : error
}
