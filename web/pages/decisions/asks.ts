import { ask } from '../../api/index.ts'
import { momentOf, type Search } from '../../app/search.ts'

/** Most decisions shown at once; words and status narrow. */
export const LISTED = 1_000

export const decisionsAsk = (search: Search) =>
  ask('decisions', {
    ...momentOf(search),
    limit: LISTED,
    ...(search.status ? { status: search.status } : {}),
    ...(search.about ? { about: search.about } : {}),
    ...(search.overdue ? { overdue: 'true' } : {}),
  })
export const decisionsAsks = (search: Search) => [decisionsAsk(search)]

export const decisionAsk = (search: Search, names: Record<string, string | undefined>) => {
  const { asOf } = momentOf(search)
  return ask('decision.read', { ref: `decision:${names.namespace}/${names.name}`, ...(asOf ? { asOf } : {}) })
}
export const decisionAsks = (search: Search, names: Record<string, string>) => [decisionAsk(search, names)]
