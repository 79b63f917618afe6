import { ask } from '../../api/index.ts'
import { type Search, subjectOf } from '../../app/search.ts'
import { bucketOf, windowOf } from '../../app/window.ts'

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
