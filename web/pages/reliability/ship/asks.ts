import { type Answer, ask } from '../../../api/index.ts'
import { momentOf, type Search } from '../../../app/search.ts'
import { freezesAsk } from '../../../parts/freezes.tsx'

export type Ship = Answer<'slo.ship'>
export type PromiseRow = Ship['promises'][number]

export const shipAsk = (search: Search) => ask('slo.ship', momentOf(search))
export type Incident = Answer<'incident.open'>['incidents'][number]
export const incidentsAsk = (search: Search) => ask('incident.open', momentOf(search))
export const shipAsks = (search: Search) => [shipAsk(search), incidentsAsk(search), freezesAsk(search)]
