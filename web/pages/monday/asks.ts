import { ask } from '../../api/index.ts'
import { momentOf, type Search } from '../../app/search.ts'

export const mondayAsk = (search: Search) => ask('monday', momentOf(search))
export const alertsAsk = (search: Search) => ask('alerts', momentOf(search))
export const mondayAsks = (search: Search) => [mondayAsk(search)]
