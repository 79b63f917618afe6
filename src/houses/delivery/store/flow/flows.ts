import type { SubjectShare } from '../../../../ground/catalog/index.ts'
import { type Instant, type Ref, refNamespace, type Window } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import type { WorkItem } from '../../assess/index.ts'
import { subjectsIn } from '../../work-links/subjects.ts'
import { freshen, groupsOf } from '../groups.ts'
import { rowsInMemory } from '../memory.ts'
import { changesOfItems } from './changes.ts'
import { toldItems } from './items.ts'

/** What flow stands on. */
export type FlowBase = Pick<Ground, 'store' | 'ledger' | 'catalog'>

/** A work item, and what it counts for: what it was filed for, and every part one of its changes touches. */
export interface PlacedItem {
  item: WorkItem
  places: ReadonlySet<Ref>
}

/**
 * The work items of the namespaces that shares belong to, with their changes wherever those are: a change of another
 * component, or of another repository, is on the way of the item all the same.
 * @param ask.created only items written down then
 */
export async function flowItems(
  { store, ledger, catalog }: FlowBase,
  ask: { shares: readonly SubjectShare[]; environment: string; at: Instant; asOf: Instant | null; created?: Window },
): Promise<PlacedItem[]> {
  const { at, asOf, created } = ask
  const namespaces = [...new Set(ask.shares.map(({ ref }) => refNamespace(ref)))]
  const subjects = (await Promise.all(namespaces.map((namespace) => subjectsIn(store, namespace, asOf ?? undefined)))).flat()
  const told = await toldItems(store, subjects, { at, asOf, created })
  if (told.length === 0) return []
  const all = (await Promise.all(namespaces.map((namespace) => catalog.shares(`namespace:${namespace}`, asOf ?? undefined)))).flat()
  const shares = [...new Map([...all, ...ask.shares].map((share) => [share.ref, share])).values()]
  const groups = await groupsOf(store, [{ shares }], ask.environment, asOf)
  const { scopes } = groups[0]!
  const apart = asOf === null ? await freshen(store, ledger, groups, at) : new Set(scopes)
  const derived = await rowsInMemory(store, apart, { at, asOf })
  const changes = await changesOfItems(
    store,
    told.map(({ node }) => node),
    { scopes, derived, asOf },
  )
  return told.map((one) => {
    const own = changes.get(one.node) ?? []
    return { item: { ...one, changes: own }, places: new Set(own.flatMap(({ places }) => [...places])) }
  })
}

/**
 * Whether an item counts for some shares: filed for one of them, or changed it. An item of a whole repository counts for
 * a folder of it only where it changed that folder.
 */
export function countsFor({ item, places }: PlacedItem, shares: readonly SubjectShare[]): boolean {
  return shares.some(
    ({ ref, subjects, repository, path }) =>
      places.has(ref) || subjects.includes(item.subject) || (repository === item.subject && (path === undefined || shares.length > 1)),
  )
}
