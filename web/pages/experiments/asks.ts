import { type Answer, ask } from '../../api/index.ts'
import { momentOf, type Search, standpointOf } from '../../app/search.ts'

export type Listed = Answer<'experiment.list'>['experiments'][number]
export type Told = Answer<'experiment.read'>

const knownBy = (search: Search) => {
  const { asOf } = momentOf(search)
  return asOf ? { asOf } : {}
}

export const experimentsAsk = (search: Search) =>
  ask('experiment.list', { namespace: standpointOf(search).scope ?? 'default', ...knownBy(search) })
export const experimentsAsks = (search: Search) => [experimentsAsk(search)]

export const experimentAsk = (search: Search, names: Record<string, string | undefined>) =>
  ask('experiment.read', { ref: `experiment:${names.namespace}/${names.name}`, ...knownBy(search) })
export const experimentAsks = (search: Search, names: Record<string, string>) => [experimentAsk(search, names)]
