import { type Answer, ask } from '../../api/index.ts'
import { momentOf, type Search } from '../../app/search.ts'

export type Capability = Answer<'capability.list'>['capabilities'][number]

export const capabilitiesAsk = (search: Search) => {
  const { scope = 'default', asOf } = momentOf(search)
  return ask('capability.list', { namespace: scope, ...(asOf ? { asOf } : {}) })
}
export const capabilitiesAsks = (search: Search) => [capabilitiesAsk(search)]
