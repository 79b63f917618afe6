import { ask } from '../../api/index.ts'
import { momentOf, type Search } from '../../app/search.ts'

export const visionAsk = (search: Search) => ask('vision.page', momentOf(search))
export const visionAsks = (search: Search) => [visionAsk(search)]

/** Outcomes are judged together; the page of one picks it. The namespace in the address decides, not the scope. */
export const outcomesAsk = (search: Search, namespace: string) => ask('outcomes', { ...momentOf(search), scope: namespace })
export const outcomePageAsk = (search: Search, namespace: string, name: string) =>
  ask('outcome', { ...asOf(search), ref: `outcome:${namespace}/${name}` })
export const outcomePageAsks = (search: Search, { namespace = 'default', name = '' }: Record<string, string>) => [
  outcomePageAsk(search, namespace, name),
]
export const outcomeAsks = (search: Search, names: Record<string, string>) => [outcomesAsk(search, names.namespace ?? 'default')]

export const principlesAsk = (search: Search, namespace: string) => ask('principles', { ...momentOf(search), scope: namespace })
export const principlePageAsk = (search: Search, namespace: string, name: string) =>
  ask('principle', { ...asOf(search), ref: `principle:${namespace}/${name}` })
export const principlePageAsks = (search: Search, { namespace = 'default', name = '' }: Record<string, string>) => [
  principlePageAsk(search, namespace, name),
]
export const principleAsks = (search: Search, names: Record<string, string>) => [principlesAsk(search, names.namespace ?? 'default')]

function asOf(search: Search): { asOf?: string } {
  const { asOf: day } = momentOf(search)
  return day ? { asOf: day } : {}
}
