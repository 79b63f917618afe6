import { type Instant, MINUTE, type Ref, type Window } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type Burn, burnOf, evaluate, type Finding, mayBurn } from '../assess/burn/index.ts'
import { burnOver, type Cuts } from '../assess/index.ts'
import type { Slo } from '../intent/index.ts'
import { cutsFor } from '../store/cuts.ts'
import { fedBy } from '../store/fed.ts'
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
 * Holds the rules of every watch against what was counted until a moment, but for watches that cannot matter: whose shortest
 * windows are all within their limits, and of which no alert stands. Promises that count events, have no correction in sight and
 * do not take silence for bad are answered by one statement for the shortest windows of all, and one for all windows of the few
 * that are left; the others from their minutes.
 * @param stands whether an alert of a watch stands
 */
export async function findingsOf(
  watched: readonly Watch[],
  stands: (watch: Watch) => boolean,
  at: Instant,
  context: Context,
): Promise<Found[]> {
  const windows = windowsOf(watched, (all) => all)
  if (windows.length === 0) return []
  await context.ledger.fresh('sli')
  const promises = [...new Set(watched.map(({ slo }) => slo))]
  const fed = await fedBy(context.store, promises, null)
  const fedAs = new Map(promises.map((slo, place) => [slo, fed[place]!]))
  const watches = watched.map((watch) => ({ ...watch, slo: fedAs.get(watch.slo)! }))
  const to = Math.floor(at / MINUTE) * MINUTE
  const reach = { from: to - Math.max(...windows), to }
  const slos = new Map(watches.map(({ slo }) => [slo.ref, { slo, asOf: null }]))
  const cutsOfEach = await cutsFor(context, [...slos.values()])
  const cuts = new Map([...slos].map(([ref, slo]) => [ref, cutsOfEach(slo)]))
  const cutsOf = ({ ref }: Slo) => cuts.get(ref)!
  const isCut = ({ slo }: Watch) => cutsOf(slo).corrections.some((one) => one.to > reach.from && one.from < to)
  const isPlain = (watch: Watch) => watch.slo.method === 'occurrences' && watch.slo.silence !== 'bad' && !isCut(watch)
  const plain = watches.filter(isPlain)
  const short = await burnsOver(
    plain,
    windowsOf(plain, (all) => all.slice(-1)),
    to,
    context,
  )
  const open = plain.filter(
    (watch) => stands(watch) || watch.rules.some((rule) => rule.onSilence || mayBurn(rule, (window) => short(watch, window))),
  )
  const whole = await burnsOver(
    open,
    windowsOf(open, (all) => all),
    to,
    context,
  )
  const found = open.flatMap((watch) => rulesHeld(watch, (window) => whole(watch, window)))
  for (const watch of watches.filter((one) => !isPlain(one)))
    found.push(...rulesHeld(watch, await fromMinutes(watch, reach, cutsOf(watch.slo), context)))
  return found
}

/** Each window once, of those that are picked of every test. */
function windowsOf(watches: readonly Watch[], pick: (windows: readonly number[]) => readonly number[]): number[] {
  return [...new Set(watches.flatMap(({ rules }) => rules.flatMap(({ anyOf }) => anyOf.flatMap((test) => pick(test.windows)))))]
}

/** Burns of watches over windows that end at a moment: one statement. */
async function burnsOver(
  watches: readonly Watch[],
  windows: readonly number[],
  to: Instant,
  { store }: Context,
): Promise<(watch: Watch, window: number) => Burn> {
  const asks = new Map<string, { subject: Ref; indicator: string; place: number }>()
  const keyOf = (slo: Slo, objective: number) => `${slo.service}\n${slo.objectives[objective]!.indicator.name}`
  for (const { slo } of watches)
    for (const [objective, { indicator }] of slo.objectives.entries())
      if (!asks.has(keyOf(slo, objective)))
        asks.set(keyOf(slo, objective), { subject: slo.service, indicator: indicator.name, place: asks.size })
  const sums = await sumsOf(
    store,
    [...asks.values()].map(({ subject, indicator }) => ({ subject, indicator })),
    windows.map((window): Window => ({ from: to - window, to })),
    null,
  )
  return ({ slo, place }, window) => {
    const span = windows.indexOf(window)
    const burnAt = (objective: number) =>
      burnOf(sums[asks.get(keyOf(slo, objective))!.place]![span]!, {
        target: slo.objectives[objective]!.target,
        silence: slo.silence === 'good' ? 'good' : 'unknown',
      })
    return place === null
      ? together(
          slo.objectives.map((_, objective) => burnAt(objective)),
          slo,
        )
      : burnAt(place)
  }
}

/** A composite burns what its objectives burn, each times its weight (OpenSLO v1, "Composite SLO"). */
function together(burns: readonly Burn[], { objectives }: Slo): Burn {
  const known = burns.flatMap(({ rate }, index) => (rate === null ? [] : [rate * objectives[index]!.weight]))
  return { rate: known.length > 0 ? known.reduce((sum, one) => sum + one, 0) : null, n: burns.reduce((sum, { n }) => sum + n, 0) }
}

/** Burns counted slice by slice, around corrections, or with silence that is bad. */
async function fromMinutes({ slo, place }: Watch, reach: Window, cuts: Cuts, { store }: Context): Promise<BurnOver> {
  const objectives = place === null ? slo.objectives : [slo.objectives[place]!]
  const asks = objectives.map(({ indicator }) => ({ subject: slo.service, indicator: indicator.name }))
  const minutes = await minutesOfEach(store, asks, reach, null)
  const meant: Slo = { ...slo, objectives, leastEvents: 0 }
  return (window) => {
    const { spent, n, coverage } = burnOver(meant, { from: reach.to - window, to: reach.to }, cuts, { minutes })
    // Silence that counts is not a lack of events.
    return { rate: spent, n: slo.silence === 'bad' && coverage.said < coverage.of ? Infinity : n }
  }
}

function rulesHeld(watch: Watch, burnOver: BurnOver): Found[] {
  return watch.rules.map((rule) => {
    const finding = evaluate(rule, burnOver, watch.slo.leastEvents)
    const burns = rule.onSilence && finding.unknown === 'no_data'
    return { watch, rule, finding: burns ? { ...finding, state: 'burning' as const } : finding }
  })
}
