import { ask } from '../../api/index.ts'
import { momentOf, type Search, standpointOf, subjectOf } from '../../app/search.ts'
import { bucketOf, longerWindow, windowOf } from '../../app/window.ts'

/** Records listed and drawn at once; the newest. */
export const LISTED = 500
/** A chart reaches back at least a year, so that a window can be seen in its place and a change against what was before. */
const CHART_DAYS = 364

export type Grain = 'day' | 'week' | 'month'
/** How far ahead each grain looks. */
const AHEAD: Record<Grain, string> = { day: '28d', week: '28d', month: '91d' }

function base(search: Search, id: string) {
  return { id, subject: subjectOf(search), ...(search.environment ? { where: `environment=${search.environment}` } : {}) }
}

/** The grain in the address, else the one that gives the span some ten to fifty points. */
export function grainOf(search: Search): Grain {
  const { grain } = search
  return grain === 'day' || grain === 'week' || grain === 'month' ? grain : bucketOf(longerWindow(search, CHART_DAYS))
}

export const measuresAsk = (search: Search) => ask('measure.list', { namespace: standpointOf(search).scope ?? 'default' })
export const readingAsk = (search: Search, id: string) =>
  ask('measure.read', { ...base(search, id), ...windowOf(search), rows: 'true', limit: LISTED })
export const seriesAsk = (search: Search, id: string) => {
  const bucket = grainOf(search)
  return ask('series.read', { ...base(search, id), ...longerWindow(search, CHART_DAYS), bucket, forecast: AHEAD[bucket] })
}
export const annotationsAsk = (search: Search) =>
  ask('annotations', { subject: subjectOf(search), ...longerWindow(search, CHART_DAYS), bucket: grainOf(search) })
export const byComponentAsk = (search: Search, id: string) =>
  ask('measure.read', { ...base(search, id), ...windowOf(search), by: 'component' })
export const benchmarkAsk = (search: Search, id: string) => {
  const { id: measure, ...asked } = base(search, id)
  return ask('benchmark.read', { measure, ...asked, ...windowOf(search) })
}
export const outcomesAsk = (search: Search) => ask('outcomes', momentOf(search))

export const measureAsks = (search: Search, names: Record<string, string>) => [measuresAsk(search), readingAsk(search, names.measure ?? '')]

export const overviewAsk = (search: Search) => ask('measure.overview', momentOf(search))
export const measuresAsks = (search: Search) => [overviewAsk(search)]
