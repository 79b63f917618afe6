export type SortValue = string | number | null

/** How a table is looked at; kept in the URL so that a view can be shared. */
export interface TableView {
  /** A column's key, with `-` in front for the other direction. */
  sort?: string | undefined
  /** Words every shown row contains. */
  find?: string | undefined
  /** From 1. */
  page?: number | undefined
}

/** Sorted by one column; unknown (null) stands last in either direction, ties keep their order. */
export function ordered<Row>(rows: readonly Row[], valueOf: (row: Row) => SortValue, descending: boolean): Row[] {
  const sign = descending ? -1 : 1
  return rows.toSorted((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)]
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
    return sign * String(a).localeCompare(String(b), 'en', { numeric: true, sensitivity: 'base' })
  })
}

/** Rows that contain every word, in any of their texts. */
export function found<Row>(rows: readonly Row[], textOf: (row: Row) => string, words: string | undefined): readonly Row[] {
  const wanted = (words ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return rows
  return rows.filter((row) => {
    const text = textOf(row).toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

/** One page of rows; a page beyond the end shows the last one. */
export function paged<Row>(
  rows: readonly Row[],
  page: number,
  size: number,
): { rows: readonly Row[]; page: number; pages: number; first: number } {
  const pages = Math.max(1, Math.ceil(rows.length / size))
  const real = Math.min(Math.max(1, page), pages)
  const first = (real - 1) * size
  return { rows: rows.slice(first, first + size), page: real, pages, first }
}
