import { ask } from '../../api/index.ts'
import { type Search, standpointOf } from '../../app/search.ts'
import { bucketOf, longerWindow, windowOf } from '../../app/window.ts'

/** Records listed of each part; the newest. */
export const LISTED = 100
/** The bars reach back half a year, so that a window can be seen in its place. */
const CHART_DAYS = 182

const namespaceOf = (search: Search) => standpointOf(search).scope ?? 'default'

export const workAsk = (search: Search) => ask('work.week', { namespace: namespaceOf(search), ...longerWindow(search, 1), records: LISTED })
export const overTimeAsk = (search: Search) => {
  const window = longerWindow(search, CHART_DAYS)
  return ask('work.week', { namespace: namespaceOf(search), ...window, bucket: bucketOf(window), records: 0 })
}
export const flowAsk = (search: Search) => ask('work.flow', { subject: `namespace:${namespaceOf(search)}`, ...windowOf(search) })
export const workAsks = (search: Search) => [workAsk(search)]
