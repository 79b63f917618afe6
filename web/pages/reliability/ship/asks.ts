import { type Answer, ask } from '../../../api/index.ts'
import { momentOf, type Search } from '../../../app/search.ts'

export type Ship = Answer<'slo.ship'>
export type PromiseRow = Ship['promises'][number]

export const shipAsk = (search: Search) => ask('slo.ship', momentOf(search))
export const shipAsks = (search: Search) => [shipAsk(search)]
