import { ask } from '../../api/index.ts'
import { momentOf, type Search } from '../../app/search.ts'

/** Days before, where last week is set beside. */
export const COMPARED = '7'

export const mondayAsk = (search: Search) =>
  ask('monday', { ...momentOf(search), ...(search.compare === COMPARED ? { compare: COMPARED } : {}) })
export const alertsAsk = (search: Search) => ask('alerts', momentOf(search))
export const mondayAsks = (search: Search) => [mondayAsk(search)]
