import { ask } from '../../api/index.ts'
import { momentOf, type Search } from '../../app/search.ts'

export const AUDIENCES = [
  { key: 'executive', label: 'Executives' },
  { key: 'product', label: 'Product' },
  { key: 'engineering', label: 'Engineering' },
] as const
export type Audience = (typeof AUDIENCES)[number]['key']

export function audienceOf(search: Search): Audience {
  return AUDIENCES.find((one) => one.key === search.audience)?.key ?? 'executive'
}

export const briefAsk = (search: Search) => ask('brief', { ...momentOf(search), audience: audienceOf(search) })
export const briefAsks = (search: Search) => [briefAsk(search)]
