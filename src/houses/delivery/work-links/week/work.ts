import { bucketsOf, type Instant, type Ref, type Window } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { subjectsIn } from '../subjects.ts'
import { authorsOfWork } from './authors.ts'
import type { WorkUnit } from './classify.ts'
import { workShares, type WorkShares } from './shares.ts'
import { peopleWeeks } from './spent.ts'
import { unitsOf } from './units.ts'

type WorkBase = Pick<Ground, 'store' | 'ledger'>

export interface WorkAsk {
  namespace: string
  window: Window
  /** Only what happened before this. */
  at: Instant
  /** Only what was known by then; answers of the present are asked with its own moment, too. */
  asOf: Instant
}

/** The work of a namespace in a window: each piece once, with what it leads up to. */
export async function workDone({ store, ledger }: WorkBase, { namespace, window, at, asOf }: WorkAsk): Promise<WorkUnit[]> {
  const subjects = await subjectsIn(store, namespace, asOf)
  const until = { from: window.from, to: Math.min(window.to, at) }
  return until.to <= until.from ? [] : ledger.readAsOf(asOf, (then) => unitsOf(store, subjects, until, then))
}

/** The same divided, with what people spent on it: weeks begin on Monday in a time zone. */
export async function workWithPeople(
  base: WorkBase,
  units: readonly WorkUnit[],
  { window, asOf, zone }: { window: Window; asOf: Instant; zone: string },
): Promise<WorkShares & { peopleUnknown: number }> {
  const authors = await base.ledger.readAsOf(asOf, (then) => authorsOfWork(base.store, units, then))
  const people = new Map([...authors].map(([node, made]) => [node, made.people]))
  const shares = workShares(units, peopleWeeks(units, bucketsOf(window, 'week', zone), people))
  const counted = units.filter((unit) => !unit.bot && !unit.merge)
  return { ...shares, peopleUnknown: counted.filter(({ node }) => (people.get(node) ?? []).length === 0).length }
}

/** The outcome a part stands for, or which of the others it is. */
export type PartKey = Ref | 'incidents' | 'upkeep' | 'unlinked'

/** The parts in the order they are told. */
export function partsOf(shares: WorkShares): { key: PartKey; part: WorkShares['upkeep'] }[] {
  return [
    ...shares.outcomes.map((part) => ({ key: part.ref, part })),
    { key: 'incidents' as const, part: shares.incidents },
    { key: 'upkeep' as const, part: shares.upkeep },
    { key: 'unlinked' as const, part: shares.unlinked },
  ]
}
