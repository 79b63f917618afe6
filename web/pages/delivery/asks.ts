import { ask } from '../../api/index.ts'
import { type Search, standpointOf } from '../../app/search.ts'
import { bucketOf, longerWindow, windowOf } from '../../app/window.ts'

/** Records listed and drawn at once; the newest. */
export const LISTED = 500
/** A chart reaches back at least half a year, so that a window can be seen in its place. */
const CHART_DAYS = 182

export function subjectOf(search: Search): string {
  return search.subject ?? `namespace:${standpointOf(search).scope ?? 'default'}`
}

function base(search: Search, id: string) {
  return { id, subject: subjectOf(search), ...(search.environment ? { where: `environment=${search.environment}` } : {}) }
}

export const measuresAsk = (search: Search) => ask('measure.list', { namespace: standpointOf(search).scope ?? 'default' })
export const readingAsk = (search: Search, id: string) =>
  ask('measure.read', { ...base(search, id), ...windowOf(search), rows: 'true', limit: LISTED })
export const seriesAsk = (search: Search, id: string, bucket: 'day' | 'week' | 'month') =>
  ask('measure.read', { ...base(search, id), ...longerWindow(search, CHART_DAYS), bucket })
export const byComponentAsk = (search: Search, id: string) =>
  ask('measure.read', { ...base(search, id), ...windowOf(search), by: 'component' })

export const benchmarkAsk = (search: Search, id: string) => {
  const { id: measure, ...asked } = base(search, id)
  return ask('benchmark.read', { measure, ...asked, ...windowOf(search) })
}

export const measureAsks = (search: Search, names: Record<string, string>) => [measuresAsk(search), readingAsk(search, names.measure ?? '')]
/** The overview's series need some points: days for a month, weeks beyond. */
export const overviewAsk = (search: Search) => {
  const window = windowOf(search)
  return ask('delivery.overview', {
    subject: subjectOf(search),
    ...(search.environment ? { where: `environment=${search.environment}` } : {}),
    ...window,
    bucket: bucketOf(window),
  })
}
export const deliveryAsks = (search: Search) => [overviewAsk(search)]

/** Who makes changes, as cohorts of five and more. */
export const COHORTS = ['people', 'mixed', 'agents', 'bots'] as const
export const cohortAsk = (search: Search, id: string, kind: (typeof COHORTS)[number]) => {
  const environment = search.environment ? `environment=${search.environment},` : ''
  return ask('measure.read', { id, subject: subjectOf(search), where: `${environment}author_kind=${kind}`, ...windowOf(search) })
}
