import { type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type Burn, evaluate, type Finding } from '../assess/burn/index.ts'
import { burnOver, type Cuts } from '../assess/index.ts'
import type { Slo } from '../intent/index.ts'
import { cutsFor } from '../store/cuts.ts'
import { fedBy } from '../store/fed.ts'
import { minutesOfEach } from '../store/minutes.ts'
import { openOf, windowsOf } from './open.ts'
import { burnsOver } from './over.ts'
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
 * Holds the rules of every watch against what was counted until a moment, but for watches that cannot matter: that cannot burn,
 * and of which no alert stands. Promises that count events, have no correction in sight and do not take silence for bad are
 * answered from sums of all of them at once; the others from their minutes.
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
  const { true: plain = [], false: others = [] } = Object.groupBy(watches, (watch) => `${isPlain(watch)}`)
  const matters = (watch: Watch) => stands(watch) || watch.rules.some(({ onSilence }) => onSilence)
  const open = await openOf(plain, matters, to, context.store)
  const whole = await burnsOver(
    open,
    windowsOf(open, (all) => all),
    to,
    context.store,
  )
  const found = open.flatMap((watch) => rulesHeld(watch, (window) => whole(watch, window)))
  for (const watch of others) found.push(...rulesHeld(watch, await fromMinutes(watch, reach, cutsOf(watch.slo), context)))
  return found
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
