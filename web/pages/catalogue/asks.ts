import { ask } from '../../api/index.ts'
import { momentOf, type Search, standpointOf } from '../../app/search.ts'

/** Most entities shown at once; beyond it the filters narrow. */
export const LISTED = 1_000

/** Kinds that make up a catalogue; what is intended (outcomes, principles, decisions) has pages of its own. */
export const KINDS = ['component', 'api', 'resource', 'system', 'domain', 'repository', 'group', 'user', 'measure', 'exception'] as const

export const catalogueAsk = (search: Search) => {
  const { asOf } = momentOf(search)
  return ask('entity.list', {
    namespace: standpointOf(search).scope ?? 'default',
    limit: LISTED,
    ...(search.kind ? { kind: search.kind } : {}),
    ...(search.q ? { text: search.q } : {}),
    ...(search.owner ? { owner: search.owner } : {}),
    ...(asOf ? { asOf } : {}),
  })
}
export const contradictionsAsk = (search: Search) => {
  const { asOf } = momentOf(search)
  return ask('contradictions', { namespace: standpointOf(search).scope ?? 'default', limit: LISTED, ...(asOf ? { asOf } : {}) })
}
export const catalogueAsks = (search: Search) => [catalogueAsk(search), ...(search.contradicted ? [contradictionsAsk(search)] : [])]

const refOf = (names: Record<string, string | undefined>) => `${names.kind}:${names.namespace}/${names.name}`

export const entityAsk = (search: Search, names: Record<string, string | undefined>) => {
  const { asOf } = momentOf(search)
  return ask('entity.read', { ref: refOf(names), ...(asOf ? { asOf } : {}) })
}
/** Kinds of which facts are told side by side. */
export const TOLD_BY_MANY = new Set(['component', 'repository'])
export const factsAsk = (search: Search, names: Record<string, string | undefined>) => {
  const { asOf } = momentOf(search)
  return ask('facts.read', { ref: refOf(names), ...(asOf ? { asOf } : {}) })
}
export const versionsAsk = (names: Record<string, string | undefined>) => ask('entity.versions', { ref: refOf(names) })
export const entityAsks = (search: Search, names: Record<string, string>) => [entityAsk(search, names)]
