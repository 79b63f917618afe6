import { ask } from '../../api/index.ts'
import { type Search, standpointOf } from '../../app/search.ts'

const scopeOf = (search: Search) => standpointOf(search).scope ?? 'default'
/** Steps followed from the start: vision → outcome → principle or decision → change → commit. */
const DEPTH = 4

/** Where the map begins when nothing is named: the vision, or the outcomes of a place without one. */
export const visionsAsk = (search: Search) => ask('entity.list', { kind: 'vision', namespace: scopeOf(search), limit: 1 })
export const outcomesListAsk = (search: Search) => ask('entity.list', { kind: 'outcome', namespace: scopeOf(search), limit: 12 })
export const gapsAsk = (search: Search) => ask('gaps', { namespace: scopeOf(search) })
export const traceAsk = (ref: string) => ask('trace', { ref, depth: DEPTH })

/** The map need not wait for the gaps: they are asked for beside it. */
export const throughlineAsks = (search: Search) => (search.from ? [traceAsk(search.from)] : [visionsAsk(search), outcomesListAsk(search)])
