import { ask } from '../../api/index.ts'
import { momentOf, type Search } from '../../app/search.ts'

export const forecastsAsk = (search: Search) => ask('forecasts', momentOf(search))
export const forecastsAsks = (search: Search) => [forecastsAsk(search)]
