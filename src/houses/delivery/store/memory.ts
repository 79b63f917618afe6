import type { Instant } from '../../../ground/core/index.ts'
import { KeptBriefly, stateOf, type Store } from '../../../ground/store/index.ts'
import {
  type ChangeRow,
  countDeployment,
  countDuration,
  type Counted,
  countRecovery,
  countSize,
  countWaiting,
  deriveDelivery,
  type Derived,
  type DeploymentRow,
  happenedBefore,
} from '../assess/index.ts'
import { allFacts, definitionOf, type Scope } from '../evidence/index.ts'
import type { Cell } from './cells.ts'
import { type Group, shelfOf } from './groups.ts'
import type { AboutChanges, AboutDeployments, Question } from './question.ts'

/** What was known at a moment, or in one state of the store, does not change any more, so it is derived once for a while. */
const kept = new KeptBriefly<Derived>()

/** Rows of scopes as of a moment, derived by the same functions as the kept ones. */
export async function rowsInMemory(
  store: Store,
  scopes: Iterable<Scope>,
  { at, asOf }: { at: Instant; asOf: Instant | null },
): Promise<Map<Scope, Derived>> {
  const derived = new Map<Scope, Derived>()
  const wanted = [...scopes]
  const known = wanted.length === 0 ? null : (asOf ?? (await stateOf(store)))
  for (const scope of wanted) {
    const derive = async () => deriveDelivery(happenedBefore(await allFacts(store, scope, asOf), at))
    derived.set(scope, await (known === null ? derive() : kept.find(store, `${known} ${at} ${definitionOf(scope)}`, derive)))
  }
  return derived
}

/** Adds up derived rows as the store does: same rules, same cells. */
export function cellsInMemory(
  question: Question,
  ask: { groups: readonly Group[]; borders: readonly Instant[]; at: Instant },
  derived: ReadonlyMap<Scope, Derived>,
): Cell[] {
  return ask.groups.flatMap(({ scopes }, group) => {
    const places = scopes.flatMap((scope, place) => {
      const rows = derived.get(scope)
      return rows ? [{ place, shelf: shelfOf(scope, question), rows }] : []
    })
    const cells = new Map<string, Cell & { values: number[]; scopes: number[] }>()
    for (const { place, counted } of countedIn(question, places, ask.at)) {
      const span = spanOf(ask.borders, counted.time)
      if (span === null) continue
      const key = `${span} ${counted.excluded}`
      const cell = cells.get(key) ?? { group, span, excluded: counted.excluded, count: 0, hits: 0, values: [], scopes: [] }
      cells.set(key, cell)
      cell.count += counted.weight
      cell.hits += counted.hit ? 1 : 0
      if (counted.value !== null && question.of !== 'deployments') cell.values.push(counted.ended ? counted.value : -counted.value)
      if (!cell.scopes.includes(place)) cell.scopes.push(place)
    }
    return [...cells.values()]
  })
}

/** One scope among those that are looked at together, and its rows. */
export interface Place {
  place: number
  shelf: string
  rows: Pick<Derived, 'changes' | 'deployments'>
}

function countedIn(question: Question, places: readonly Place[], at: Instant): { place: number; counted: Counted }[] {
  const all = <Row>(found: readonly { place: number; row: Row }[], count: (row: Row) => (Counted | null)[]) =>
    found.flatMap(({ place, row }) => count(row).flatMap((counted) => (counted ? [{ place, counted }] : [])))
  switch (question.of) {
    case 'duration':
      return all(changesOnce(question, places), (row) => [
        countDuration(row, question.duration, at),
        question.waiting ? countWaiting(row, at) : null,
      ])
    case 'size':
      return all(changesOnce(question, places), (row) => [countSize(row, at)])
    case 'deployments':
      return all(deploymentsOnce(question, places, at), (row) => countDeployment(row, question.side, at))
    case 'recovery':
      return all(deploymentsOnce(question, places, at), (row) => [countRecovery(row, at)])
  }
}

/** Changes of several places, each once: where it reached users first; its size is what it does to all of them. */
export function changesOnce({ of }: AboutChanges, places: readonly Place[]): { place: number; row: ChangeRow }[] {
  return of === 'size'
    ? summed(places)
    : firstOnShelf(
        places,
        ({ changes }) => changes.filter(({ here }) => here),
        ({ deployedAt }) => deployedAt,
      )
}

/** Deployments of several places, each once: where it finished, failed or recovered first, as asked. */
export function deploymentsOnce(
  question: AboutDeployments,
  places: readonly Place[],
  at: Instant,
): { place: number; row: DeploymentRow }[] {
  if (question.of === 'recovery')
    return firstOnShelf(
      places,
      ({ deployments }) => deployments.filter(({ failedAt }) => failedAt !== null && failedAt < at),
      ({ recoveredAt }) => recoveredAt,
    )
  return firstOnShelf(
    places,
    ({ deployments }) => deployments,
    question.side === 'failed' ? ({ failedAt }) => failedAt : ({ finishedAt }) => finishedAt,
  )
}

/** Of rows that tell of one record on one shelf, the one that comes first. */
function firstOnShelf<Row extends { id: string }>(
  places: readonly Place[],
  rowsOf: (rows: Place['rows']) => readonly Row[],
  first: (row: Row) => Instant | null,
): { place: number; row: Row }[] {
  const found = new Map<string, { place: number; row: Row }>()
  for (const { place, shelf, rows } of places) {
    for (const row of rowsOf(rows)) {
      const key = `${shelf} ${row.id}`
      const other = found.get(key)
      if (!other || (first(row) ?? Infinity) < (first(other.row) ?? Infinity)) found.set(key, { place, row })
    }
  }
  return [...found.values()]
}

function summed(places: readonly Place[]): { place: number; row: ChangeRow }[] {
  const found = new Map<string, { place: number; row: ChangeRow }>()
  for (const { place, shelf, rows } of places) {
    for (const row of rows.changes.filter(({ here }) => here)) {
      const key = `${shelf} ${row.id}`
      const other = found.get(key)?.row
      found.set(
        key,
        other
          ? { place: found.get(key)!.place, row: { ...other, lines: row.lines === null ? other.lines : (other.lines ?? 0) + row.lines } }
          : { place, row },
      )
    }
  }
  return [...found.values()]
}

/** The span a moment lies in, by halving; null outside all of them. */
function spanOf(borders: readonly Instant[], time: Instant): number | null {
  if (borders.length < 2 || time < borders[0]! || time >= borders.at(-1)!) return null
  let low = 0
  let high = borders.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (borders[middle]! <= time) low = middle
    else high = middle
  }
  return low
}
