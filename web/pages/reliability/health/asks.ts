import { type Answer, ask } from '../../../api/index.ts'
import { momentOf, type Search } from '../../../app/search.ts'

export type Gaps = Answer<'health.gaps'>
export type CallMap = Answer<'telemetry.map'>
export type ServiceTelemetry = Answer<'telemetry.service'>

/** What was sent is counted for good as it came, so the only moment there is is when it happened. */
const at = (search: Search) => {
  const { asOf } = momentOf(search)
  return asOf ? { at: asOf } : {}
}
const scope = (search: Search) => momentOf(search).scope ?? 'default'

export const gapsAsk = (search: Search) => ask('health.gaps', { scope: scope(search), ...at(search) })
export const mapAsk = (search: Search) => ask('telemetry.map', { scope: scope(search), ...at(search) })
export const healthAsks = (search: Search) => [gapsAsk(search), mapAsk(search)]

export const serviceAsk = (search: Search, ref: string) => ask('telemetry.service', { service: ref, ...at(search) })
export const serviceHealthAsks = (search: Search, { namespace, name }: Record<string, string>) => [
  serviceAsk(search, `component:${namespace}/${name}`),
]
