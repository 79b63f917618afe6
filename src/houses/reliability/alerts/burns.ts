import { type Instant, MINUTE, type Ref, type Window } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type Burn, burnOf, evaluate, type Finding } from '../assess/burn/index.ts'
import { assess } from '../assess/index.ts'
import type { Correction, Slo } from '../intent/index.ts'
import { correctionsFor } from '../corrections/index.ts'
import { minutesOfEach } from '../store/minutes.ts'
import { sumsOf } from '../store/sums.ts'
import type { Watch, WatchRule } from './watches.ts'

/** What one rule of one watch came to. */
export interface Found {
  watch: Watch
  rule: WatchRule
  finding: Finding
}

type Context = Pick<Ground, 'store' | 'catalog' | 'ledger'>
type BurnOver = (window: number) => Burn

/**
 * Holds every rule of every watch against what was counted until a moment. Promises that count events and have no correction
 * in sight are answered by one statement for all of them; the others from their minutes.
 */
export async function findingsOf(watches: readonly Watch[], at: Instant, context: Context): Promise<Found[]> {
  const windows = [...new Set(watches.flatMap(({ rules }) => rules.flatMap(({ anyOf }) => anyOf.flatMap((test) => test.windows))))]
  if (windows.length === 0) return []
  await context.ledger.fresh('sli')
  const to = Math.floor(at / MINUTE) * MINUTE
  const reach = { from: to - Math.max(...windows), to }
  const corrections = await correctionsFor(context, [...new Set(watches.map(({ slo }) => slo))], null)
  const cutsOf = ({ ref }: Slo) => (corrections.get(ref) ?? []).filter((one) => one.to > reach.from && one.from < to)
  const isPlain = ({ slo }: Watch) => slo.method === 'occurrences' && cutsOf(slo).length === 0
  const plain = watches.filter(isPlain)
  const found = await fromSums(plain, windows, to, context)
  for (const watch of watches.filter((one) => !isPlain(one)))
    found.push(...rulesHeld(watch, await fromMinutes(watch, reach, cutsOf(watch.slo), context)))
  return found
}

async function fromSums(watches: readonly Watch[], windows: readonly number[], to: Instant, { store }: Context): Promise<Found[]> {
  const asks = new Map<string, { subject: Ref; indicator: string; place: number }>()
  const place = (subject: Ref, indicator: string) => {
    const key = `${subject}\n${indicator}`
    const known = asks.get(key) ?? { subject, indicator, place: asks.size }
    asks.set(key, known)
    return known.place
  }
  const places = watches.map(({ slo }) => slo.objectives.map(({ indicator }) => place(slo.service, indicator.name)))
  const spans = windows.map((window): Window => ({ from: to - window, to }))
  const sums = await sumsOf(
    store,
    [...asks.values()].map(({ subject, indicator }) => ({ subject, indicator })),
    spans,
    null,
  )
  return watches.flatMap((watch, index) => {
    const { slo } = watch
    const over = new Map(
      windows.map((window, span) => {
        const burns = slo.objectives.map(({ target }, objective) =>
          burnOf(sums[places[index]![objective]!]![span]!, { target, window, silence: slo.silence }),
        )
        return [window, watch.place === null ? together(burns, slo) : burns[watch.place]!]
      }),
    )
    return rulesHeld(watch, (window) => over.get(window)!)
  })
}

/** A composite burns what its objectives burn, each times its weight (OpenSLO v1, "Composite SLO"). */
function together(burns: readonly Burn[], { objectives }: Slo): Burn {
  const known = burns.flatMap(({ rate }, index) => (rate === null ? [] : [rate * objectives[index]!.weight]))
  return { rate: known.length > 0 ? known.reduce((sum, one) => sum + one, 0) : null, n: burns.reduce((sum, { n }) => sum + n, 0) }
}

/** Burns counted slice by slice, or around corrections. */
async function fromMinutes(
  { slo, place }: Watch,
  reach: Window,
  corrections: readonly Correction[],
  { store }: Context,
): Promise<BurnOver> {
  const objectives = place === null ? slo.objectives : [slo.objectives[place]!]
  const asks = objectives.map(({ indicator }) => ({ subject: slo.service, indicator: indicator.name }))
  const minutes = await minutesOfEach(store, asks, reach, null)
  return (window) => {
    const over: Slo = { ...slo, objectives, leastEvents: 0, window: { kind: 'rolling', length: window, text: '' } }
    // Of a window that is as long as the period, what is spent is the burn.
    const { budget, n } = assess(over, reach.to, { corrections, since: null }, { minutes })
    return { rate: budget.remaining === null ? null : 1 - budget.remaining, n }
  }
}

function rulesHeld(watch: Watch, burnOver: BurnOver): Found[] {
  return watch.rules.map((rule) => {
    const finding = evaluate(rule, burnOver, watch.slo.leastEvents)
    const burns = rule.onSilence && finding.unknown === 'no_data'
    return { watch, rule, finding: burns ? { ...finding, state: 'burning' as const } : finding }
  })
}
