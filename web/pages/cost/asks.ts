import { type Answer, ask } from '../../api/index.ts'
import { type Search, standpointOf } from '../../app/search.ts'
import { windowOf } from '../../app/window.ts'

export type Cost = Answer<'cost.read'>

export const BY = ['component', 'team', 'customer', 'service'] as const
export type By = (typeof BY)[number]

export function byOf(search: Search): By {
  return BY.find((one) => one === search.by) ?? 'team'
}

/** Bills come by the month: without a window in the address it is the last whole month. */
export const costAsk = (search: Search) => {
  const { from, to, asOf } = windowOf({ ...search, days: undefined })
  const cost = search.cost === 'billed' || search.cost === 'effective' ? search.cost : undefined
  return ask('cost.read', {
    namespace: standpointOf(search).scope ?? 'default',
    by: byOf(search),
    ...(cost ? { cost } : {}),
    ...(search.currency && /^[A-Z]{3}$/.test(search.currency) ? { currency: search.currency } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(asOf ? { asOf } : {}),
  })
}

export const costAsks = (search: Search) => [costAsk(search)]
