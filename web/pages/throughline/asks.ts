import { ask } from '../../api/index.ts'
import { type Search, standpointOf } from '../../app/search.ts'

const scopeOf = (search: Search) => standpointOf(search).scope ?? 'default'
/** Where the map begins when nothing is named: the vision, or the outcomes of a place without one. */
export const visionsAsk = (search: Search) => ask('entity.list', { kind: 'vision', namespace: scopeOf(search), limit: 1 })
export const outcomesListAsk = (search: Search) => ask('entity.list', { kind: 'outcome', namespace: scopeOf(search), limit: 12 })
export const gapsAsk = (search: Search) => ask('gaps', { namespace: scopeOf(search) })
export const traceAsk = (ref: string, depth: number) => ask('trace', { ref, depth })

/** Traces and gaps are asked for by the page itself, and shown as they arrive. */
export const throughlineAsks = (search: Search) => (search.from ? [] : [visionsAsk(search), outcomesListAsk(search)])
