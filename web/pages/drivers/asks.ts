import { type Answer, ask } from '../../api/index.ts'
import { momentOf, type Search, standpointOf } from '../../app/search.ts'
import { readerZone } from '../../app/zone.ts'

export type Tree = Answer<'drivers.tree'>
export type TreeNode = Tree['nodes'][number]
export type TreeEdge = Tree['edges'][number]
export type Driver = Answer<'drivers'>['drivers'][number]

export const namespaceOf = (search: Search) => standpointOf(search).scope ?? 'default'

const asOfIn = (search: Search) => {
  const { asOf } = momentOf(search)
  return asOf ? { asOf } : {}
}

export const treeAsk = (search: Search) => ask('drivers.tree', { namespace: namespaceOf(search), ...asOfIn(search) })

/** Every stated driver of a measure, tested. */
export const driversAsk = (search: Search, measure: string) =>
  ask('drivers', { measure, subject: `namespace:${namespaceOf(search)}`, zone: readerZone(), ...asOfIn(search) })

/** One that is not stated yet, tested. */
export const trialAsk = (
  search: Search,
  { measure, driver, direction, lag }: { measure: string; driver: string; direction: '' | 'same' | 'opposite'; lag: string },
) =>
  ask('drivers', {
    measure,
    subject: `namespace:${namespaceOf(search)}`,
    zone: readerZone(),
    ...asOfIn(search),
    driver,
    ...(direction ? { direction } : {}),
    ...(lag ? { lag } : {}),
  })

/** Verdicts are asked for by the page itself, and shown as they arrive. */
export const driversAsks = (search: Search) => [treeAsk(search)]
