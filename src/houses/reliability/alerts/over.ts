import type { Instant, Window } from '../../../ground/core/index.ts'
import type { Store } from '../../../ground/store/index.ts'
import { type Burn, burnOf } from '../assess/burn/index.ts'
import { burnRate } from '../assess/index.ts'
import type { Slo } from '../intent/index.ts'
import type { SliAsk } from '../store/asks.ts'
import { boundsOf } from '../store/bounds.ts'
import { sumsOf } from '../store/sums.ts'
import type { Watch } from './watches.ts'

/** Burns of watches whose promises count events, over windows that end at a moment: one statement, or a few. */
export async function burnsOver(
  watches: readonly Watch[],
  windows: readonly number[],
  to: Instant,
  store: Store,
): Promise<(watch: Watch, window: number) => Burn> {
  const { asks, placeOf } = askedBy(watches)
  const spans = windows.map((window): Window => ({ from: to - window, to }))
  const sums = await sumsOf(store, asks, spans, null)
  return ({ slo, place }, window) => {
    const span = windows.indexOf(window)
    const burnAt = (objective: number) =>
      burnOf(sums[placeOf(slo, objective)]![span]!, {
        target: slo.objectives[objective]!.target,
        silence: slo.silence === 'good' ? 'good' : 'unknown',
      })
    if (place !== null) return burnAt(place)
    const burns = slo.objectives.map((_, objective) => burnAt(objective))
    return {
      rate: together(
        burns.map(({ rate }) => rate),
        slo,
      ),
      n: burns.reduce((sum, { n }) => sum + n, 0),
    }
  }
}

/** The most that the same watches may burn over windows, told from whole hours; Infinity where nothing can be told of one. */
export async function mostOver(
  watches: readonly Watch[],
  windows: readonly number[],
  to: Instant,
  store: Store,
): Promise<(watch: Watch, window: number) => number> {
  const { asks, placeOf } = askedBy(watches)
  const bounds = await boundsOf(store, asks, windows, to)
  return ({ slo, place }, window) => {
    const span = windows.indexOf(window)
    const mostAt = (objective: number): number => {
      const bound = bounds[placeOf(slo, objective)]?.[span]
      if (!bound) return Infinity
      return bound.bad > 0 ? burnRate(slo.objectives[objective]!.target, bound.bad / bound.total)! : 0
    }
    return place === null
      ? together(
          slo.objectives.map((_, objective) => mostAt(objective)),
          slo,
        )!
      : mostAt(place)
  }
}

/** A composite burns what its objectives burn, each times its weight (OpenSLO v1, "Composite SLO"). */
function together(rates: readonly (number | null)[], { objectives }: Slo): number | null {
  const known = rates.flatMap((rate, index) => (rate === null ? [] : [rate * objectives[index]!.weight]))
  return known.length > 0 ? known.reduce((sum, one) => sum + one, 0) : null
}

/** Each indicator that promises of watches count, once. */
function askedBy(watches: readonly Watch[]): { asks: SliAsk[]; placeOf: (slo: Slo, objective: number) => number } {
  const asks: SliAsk[] = []
  const places = new Map<string, number>()
  const keyOf = (slo: Slo, objective: number) => `${slo.service}\n${slo.objectives[objective]!.indicator.name}`
  for (const { slo } of watches)
    for (const [objective, { indicator }] of slo.objectives.entries()) {
      const key = keyOf(slo, objective)
      if (!places.has(key)) places.set(key, asks.push({ subject: slo.service, indicator: indicator.name }) - 1)
    }
  return { asks, placeOf: (slo, objective) => places.get(keyOf(slo, objective))! }
}
