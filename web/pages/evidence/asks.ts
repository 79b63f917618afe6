import { ask } from '../../api/index.ts'
import { type Search, standpointOf } from '../../app/search.ts'

export const summaryAsk = () => ask('evidence.summary', {})
export const watchesAsk = () => ask('watches', {})
export const importsAsk = () => ask('imports', { limit: 200 })
export const rejectsAsk = () => ask('rejects', { limit: 200 })
export const peopleAsk = () => ask('people.read', {})
export const retentionAsk = () => ask('retention.list', {})
export const suggestionsAsk = (search: Search) => ask('suggestions', { namespace: standpointOf(search).scope ?? 'default', limit: 100 })

/** The counts on the tabs need the first three; each tab asks for the rest itself. */
export const evidenceAsks = (search: Search) => [summaryAsk(), rejectsAsk(), suggestionsAsk(search)]
