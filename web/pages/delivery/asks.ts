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
export const cohortsAsk = (search: Search) =>
  ask('delivery.cohorts', {
    subject: subjectOf(search),
    ...(search.environment ? { where: `environment=${search.environment}` } : {}),
    ...windowOf(search),
  })
