import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { TableView } from '../ui/table/index.ts'
import { type Search, standpointOf } from './search.ts'

/** What of the page stands in the address, and how to change it. Changing one thing keeps the rest. */
export function useAddress() {
  const search: Search = useSearch({ strict: false })
  const navigate = useNavigate()
  const set = useCallback(
    (part: Record<string, string | number | undefined>, how: { push?: boolean } = {}) =>
      void navigate({
        to: '.',
        search: (before: Search) => ({
          ...before,
          ...Object.fromEntries(Object.entries(part).map(([name, value]) => [name, value === undefined ? undefined : String(value)])),
        }),
        replace: !how.push,
        resetScroll: false,
      }),
    [navigate],
  )
  const standpoint = useMemo(() => standpointOf(search), [search])
  return { search, standpoint, set }
}

/** The parameters in the path of this page. */
export function useNames(): Record<string, string | undefined> {
  return useParams({ strict: false })
}

/** Sort, filter and page of a table, kept in the address. `prefix` where a page has two tables. */
export function useTableView(prefix = ''): { view: TableView; onView: (view: TableView) => void } {
  const { search, set } = useAddress()
  const name = useCallback((part: string) => (prefix ? `${prefix}.${part}` : part), [prefix])
  const [sort, find, page] = [search[name('sort')], search[name('find')], search[name('page')]]
  const view = useMemo(() => ({ sort, find, page: Number(page) || undefined }), [sort, find, page])
  const onView = useCallback(
    (next: TableView) => set({ [name('sort')]: next.sort, [name('find')]: next.find, [name('page')]: next.page }),
    [set, name],
  )
  return { view, onView }
}
