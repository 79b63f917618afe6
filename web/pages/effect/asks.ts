import { ask } from '../../api/index.ts'
import { momentOf, type Search, standpointOf, subjectOf } from '../../app/search.ts'
import { readerZone } from '../../app/zone.ts'

export const measuresAsk = (search: Search) => ask('measure.list', { namespace: standpointOf(search).scope ?? 'default' })

/** Null while the address does not say enough to ask. */
export function effectAsk(search: Search) {
  const { measure, at, control, quantile } = search
  if (!measure || !at) return null
  const { asOf } = momentOf(search)
  return ask('effect', {
    measure,
    subject: subjectOf(search),
    at,
    zone: readerZone(),
    ...(control ? { control } : {}),
    ...(quantile === 'p75' || quantile === 'p90' ? { quantile } : {}),
    ...(asOf ? { asOf } : {}),
  })
}

export const effectAsks = (search: Search) => [measuresAsk(search)]
