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
    ...wordsOf(search),
    ...(search.overdue ? { overdue: 'true' } : {}),
  })
/** What narrows the log; a day that is none is not sent. */
function wordsOf({ text, log, from, to }: Search) {
  const day = (value: string | undefined) =>
    value && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined
  return {
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
