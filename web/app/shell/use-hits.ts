import { useQuery } from '@tanstack/react-query'
import { ask } from '../../api/index.ts'
import { kindWords } from '../../parts/kinds.ts'
import { found } from '../../ui/table/index.ts'
import { useAddress } from '../address.ts'
import { shortName } from '../go.tsx'
import { PAGES, PLACES } from '../pages.ts'
import { placeOf, recordOf, urls } from '../urls.ts'

/** One thing that was found, and where it is. */
export interface Hit {
  key: string
  title: string
  /** What sort of thing it is, as people call it; of a record also what it is about: many have the same number. */
  kind: string
  to: string
  search?: Record<string, string> | undefined
  /** It was found for words typed before: shown until what goes by the present ones is known, and not opened by Enter. */
  earlier?: boolean
}

const MOST = { pages: 4, measures: 5 }

/** What goes by these words: pages by name or by what else people call them, what is declared, measures, records, and pages by their question. */
export function useHits(words: string): { hits: readonly Hit[]; searching: boolean } {
  const { standpoint } = useAddress()
  const enabled = words.length > 1
  const within = standpoint.scope ? { namespace: standpoint.scope } : {}
  const kept = { enabled, placeholderData: <Data>(before: Data) => before }
  const entities = useQuery({ ...ask('search', { q: words, ...within }), ...kept })
  const records = useQuery({ ...ask('evidence.named', { q: words, ...within }), ...kept })
  const measures = useQuery({ ...ask('measure.list', within), enabled })
  if (!enabled) return { hits: [], searching: false }
  const named = pagesNamed(words)
  const hits: Hit[] = [
    ...named,
    ...(entities.data?.results ?? []).map(({ ref, title, kind }) => ({
      key: ref,
      title: title || shortName(ref),
      kind: kindWords(kind.toLowerCase()).toLowerCase(),
      to: placeOf(ref),
      earlier: entities.isPlaceholderData,
    })),
    ...found(measures.data?.measures ?? [], ({ id, title }) => `${title} ${id}`, words)
      .slice(0, MOST.measures)
      .map(({ id, title }) => ({ key: id, title, kind: 'measure', to: urls.measure(id) })),
    ...(records.data?.records ?? []).map(({ id, subject, title, kind }) => ({
      key: `${id} ${subject}`,
      title: title || shortName(id),
      kind: `${kindWords(kind).toLowerCase()} · ${shortName(subject)}`,
      to: urls.record(recordOf(id, subject)),
      earlier: records.isPlaceholderData,
    })),
    ...pagesAsking(words).filter(({ key }) => !named.some((page) => page.key === key)),
  ]
  return { hits, searching: entities.isFetching || records.isFetching || measures.isFetching }
}

function pagesNamed(words: string): Hit[] {
  return pagesWhere(words, ({ label, tab, also }) => `${label} ${tab ?? ''} ${also ?? ''}`)
}

function pagesAsking(words: string): Hit[] {
  return pagesWhere(words, ({ label, asks }) => `${label} ${asks ?? ''}`)
}

interface Named {
  label: string
  tab?: string
  also?: string
  asks?: string
}

function pagesWhere(words: string, textOf: (named: Named) => string): Hit[] {
  return [
    ...found(PAGES, textOf, words).map(({ to, label, tab }) => ({ key: to, title: tab ?? label, kind: 'page', to })),
    ...found(PLACES, textOf, words).map(({ to, label, search }) => ({ key: label, title: label, kind: 'page', to, search })),
  ].slice(0, MOST.pages)
}
