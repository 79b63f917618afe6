import { ask } from '../../api/index.ts'
import { momentOf, type Search } from '../../app/search.ts'

export const reviewsAsk = (search: Search) => ask('review.list', momentOf(search))
export const reviewsAsks = (search: Search) => [reviewsAsk(search)]

export const reviewAsk = (search: Search, names: Record<string, string | undefined>) => {
  const { asOf } = momentOf(search)
  return ask('review.read', { ref: `review:${names.namespace}/${names.name}`, ...(asOf ? { asOf } : {}) })
}
export const reviewAsks = (search: Search, names: Record<string, string>) => [reviewAsk(search, names)]
