import { ask } from '../../api/index.ts'
import { type Search, standpointOf } from '../../app/search.ts'
import { bucketOf, longerWindow } from '../../app/window.ts'

/** What people do takes its time: the page looks back at least half a year. */
const LEAST_DAYS = 182

function base(search: Search) {
  return { subject: search.subject ?? `namespace:${standpointOf(search).scope ?? 'default'}`, ...longerWindow(search, LEAST_DAYS) }
}

export const businessAsk = (search: Search) => {
  const asked = base(search)
  const bucket = bucketOf(asked)
  // A week has too few newcomers to be shown apart in a small product; a month has some.
  return ask('business.overview', { ...asked, bucket: bucket === 'day' ? 'week' : 'month' })
}
export const cohortsAsk = (search: Search, measure: string) => ask('cohorts.read', { ...base(search), measure })
export const funnelAsk = (search: Search, measure: string) => ask('funnel.read', { ...base(search), measure })

export const businessAsks = (search: Search) => [businessAsk(search)]
