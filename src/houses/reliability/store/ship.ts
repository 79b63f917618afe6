import type { Instant, Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { spendingOf } from '../assess/index.ts'
import type { Slo } from '../intent/index.ts'
import { cutsFor } from './cuts.ts'
import { fedBy } from './fed.ts'
import { minutesOfEach } from './minutes.ts'
import { slosOf } from './slos.ts'
import { type Spender, spendersOf } from './spenders.ts'
import { judgedApart, type SloStatus, statusesOf } from './statuses.ts'

/** How a promise stands, and which deployment spent most of its budget. */
export interface ShipRow {
  status: SloStatus
  /** Null where nothing was spent, or too many others are worse. */
  spender: Spender | null
}

/** Of the worst so many the deployments are looked at. */
const WORST = 20
const ORDER = { missed: 0, at_risk: 1, unknown: 2, met: 3 } as const

/** All promises of a scope, those first whose budget is gone or goes first; and the components that promise nothing. */
export async function shipRows(
  ground: Ground,
  { scope, at, asOf, known }: { scope: string; at: Instant; asOf: Instant | null; known: Instant },
): Promise<{ rows: ShipRow[]; without: { ref: Ref; title: string }[] }> {
  const slos = await fedBy(ground.store, await slosOf(ground, { scope, asOf: known }), asOf)
  const apart = slos.flatMap(judgedApart)
  const statuses = await statusesOf(slos, { at, asOf }, ground)
  const rows = statuses
    .map((status, place) => ({ status, slo: apart[place]! }))
    .sort(
      (a, b) =>
        ORDER[a.status.state] - ORDER[b.status.state] || compare(goesAt(a.status), goesAt(b.status)) || left(a.status) - left(b.status),
    )
  const found: ShipRow[] = []
  for (const [place, { status, slo }] of rows.entries())
    found.push({ status, spender: place < WORST && left(status) < 1 ? await biggestSpender(ground, slo, status, asOf) : null })
  const promising = new Set(slos.map(({ service }) => service))
  const components = await ground.catalog.list({ kind: 'component', namespace: scope }, known)
  return {
    rows: found,
    without: components
      .filter(({ ref }) => !promising.has(ref))
      .map(({ ref, metadata }) => ({ ref, title: metadata.title ?? metadata.name }))
      .sort((a, b) => (a.ref < b.ref ? -1 : 1)),
  }
}

async function biggestSpender(ground: Ground, slo: Slo, { window, budget }: SloStatus, asOf: Instant | null): Promise<Spender | null> {
  const cuts = (await cutsFor(ground, [{ slo, asOf }]))({ slo, asOf })
  const asks = slo.objectives.map(({ indicator }) => ({ subject: slo.service, indicator: indicator.name }))
  const minutes = await minutesOfEach(ground.store, asks, { from: window.from, to: window.to }, asOf)
  const spenders = await spendersOf(ground, slo.service, spendingOf(slo, window.to, cuts, minutes), budget.minutesTotal, asOf)
  return spenders.find(({ id, share }) => id !== null && share > 0) ?? null
}

function goesAt({ exhaustsAt }: SloStatus): number {
  return exhaustsAt ?? Infinity
}

function left({ budget }: SloStatus): number {
  return budget.remaining ?? 2
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}
