import { ask } from '../../api/index.ts'
import { momentOf, type Search } from '../../app/search.ts'

/** How long a time a story may tell of, in weeks. */
export const SPANS = [
  { key: '13', label: 'A quarter' },
  { key: '4', label: 'Four weeks' },
  { key: '26', label: 'Half a year' },
  { key: '52', label: 'A year' },
] as const

export function weeksOf(search: Search): string {
  return SPANS.find(({ key }) => key === search.weeks)?.key ?? SPANS[0].key
}

export const storyAsk = (search: Search) => ask('story', { ...momentOf(search), weeks: weeksOf(search) })
export const storyAsks = (search: Search) => [storyAsk(search)]
