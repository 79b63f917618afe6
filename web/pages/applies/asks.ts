import { type Answer, ask } from '../../api/index.ts'
import { momentOf, type Search, standpointOf } from '../../app/search.ts'

export type Applies = Answer<'applies'>

type Asked = { component: string } | { path: string }

/** What is asked about: a component by its name or reference, else a path in a repository. */
export function askedIn(search: Search): Asked | undefined {
  const of = search.of?.trim()
  if (!of) return undefined
  if (/^component:[^/]+\/./.test(of)) return { component: of }
  if (/^[a-z0-9][a-z0-9._-]*$/i.test(of)) return { component: `component:${standpointOf(search).scope ?? 'default'}/${of}` }
  return { path: of }
}

export const appliesAsk = (search: Search, asked: Asked) => ask('applies', { ...momentOf(search), ...asked })

export const budgetsAsk = (search: Search, service: string) => {
  const { asOf } = momentOf(search)
  return ask('slo.status', { service, ...(asOf ? { asOf } : {}) })
}

export const appliesAsks = (search: Search) => {
  const asked = askedIn(search)
  return asked ? [appliesAsk(search, asked)] : []
}
