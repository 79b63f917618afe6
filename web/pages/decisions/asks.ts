import { ask } from '../../api/index.ts'
import { momentOf, type Search, standpointOf, writeSearch } from '../../app/search.ts'

/** Most decisions shown at once; words and status narrow. */
export const LISTED = 1_000

export const decisionsAsk = (search: Search) =>
  ask('decisions', {
    ...momentOf(search),
    limit: LISTED,
    ...filtersOf(search),
  })

/** The same decisions as a feed, always of the present. */
export const decisionsFeed = (search: Search) =>
  `/api/feeds/decisions.atom${writeSearch({ scope: standpointOf(search).scope, ...filtersOf(search) })}`

/** What narrows the log; a day that is none is not sent. */
function filtersOf({ status, about, overdue, text, log, from, to }: Search) {
  const day = (value: string | undefined) =>
    value && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined
  return {
    ...(status ? { status } : {}),
    ...(about ? { about } : {}),
    ...(overdue ? { overdue: 'true' } : {}),
    ...(text ? { text } : {}),
    ...(log ? { log } : {}),
    ...(day(from) ? { from: day(from)! } : {}),
    ...(day(to) ? { to: day(to)! } : {}),
  }
}
export const decisionsAsks = (search: Search) => [decisionsAsk(search)]

export const decisionAsk = (search: Search, names: Record<string, string | undefined>) => {
  const { asOf } = momentOf(search)
  return ask('decision.read', { ref: `decision:${names.namespace}/${names.name}`, ...(asOf ? { asOf } : {}) })
}
export const decisionAsks = (search: Search, names: Record<string, string>) => [decisionAsk(search, names)]
