import { type ReactNode, useId, useMemo } from 'react'
import { formatCount } from '../figure/index.ts'
import classes from './data-table.module.css'
import { FilterField } from './filter-field.tsx'
import { found, ordered, paged, type SortValue, type TableView } from './order.ts'

export interface Column<Row> {
  key: string
  head: ReactNode
  /** What the column sorts by; a column without one cannot be sorted. Unknown is null. */
  value?: (row: Row) => SortValue
  cell: (row: Row) => ReactNode
  align?: 'end'
  /** Left out on narrow screens. */
  wideOnly?: boolean
}

export interface DataTableProps<Row> {
  /** What the rows are, for screen readers. */
  caption: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  view: TableView
  onView: (view: TableView) => void
  /** Shows a filter; gives the text of a row that is searched. */
  filterBy?: (row: Row) => string
  pageSize?: number
  /** Told instead of rows when there are none. */
  empty?: ReactNode
  /** The row that is open beside the table. */
  current?: string | undefined
}

/**
 * A table of things to compare. Rows come worst first and stay so until a head is pressed; a link with the class
 * `rowLink` makes its whole row open that thing. On narrow screens each row becomes a small card.
 */
export function DataTable<Row>({
  caption,
  rows,
  columns,
  rowKey,
  view,
  onView,
  filterBy,
  pageSize = 50,
  empty,
  current,
}: DataTableProps<Row>) {
  const shown = useShown(rows, columns, view, filterBy, pageSize)
  if (rows.length === 0 && empty) return <>{empty}</>
  return (
    <div>
      <Controls
        columns={columns}
        view={view}
        onView={onView}
        filterable={filterBy !== undefined && (rows.length > 8 || Boolean(view.find))}
        many={rows.length > 3}
        caption={caption}
      />
      <div className={classes.frame}>
        <table className={classes.table} role="table">
          <caption className="visually-hidden">{caption}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {columns.map((column) => (
                <Head key={column.key} column={column} view={view} onView={onView} />
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {shown.rows.map((row) => (
              <tr role="row" key={rowKey(row)} data-current={rowKey(row) === current || undefined}>
                {columns.map((column) => (
                  <td
                    role="cell"
                    key={column.key}
                    data-align={column.align}
                    data-wide-only={column.wideOnly || undefined}
                    data-head={typeof column.head === 'string' ? column.head : ''}
                  >
                    <div className={classes.cell}>{column.cell(row)}</div>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.total === 0 && <p className={classes.none}>Nothing matches “{view.find}”.</p>}
      {shown.pages > 1 && <Pages {...shown} onPage={(page) => onView({ ...view, page })} />}
    </div>
  )
}

function useShown<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  view: TableView,
  filterBy: ((row: Row) => string) | undefined,
  pageSize: number,
) {
  return useMemo(() => {
    const kept = filterBy ? found(rows, filterBy, view.find) : rows
    const key = view.sort?.replace(/^-/, '')
    const valueOf = columns.find((column) => column.key === key)?.value
    const sorted = valueOf ? ordered(kept, valueOf, view.sort?.startsWith('-') ?? false) : kept
    return { ...paged(sorted, view.page ?? 1, pageSize), total: kept.length }
  }, [rows, columns, view.find, view.sort, view.page, filterBy, pageSize])
}

function Head<Row>({ column, view, onView }: { column: Column<Row>; view: TableView; onView: (view: TableView) => void }) {
  const direction = view.sort === column.key ? 'ascending' : view.sort === `-${column.key}` ? 'descending' : undefined
  const next = direction === 'ascending' ? `-${column.key}` : direction === 'descending' ? undefined : column.key
  return (
    <th role="columnheader" scope="col" data-align={column.align} data-wide-only={column.wideOnly || undefined} aria-sort={direction}>
      {column.value ? (
        <button
          type="button"
          onClick={() => onView({ ...view, sort: next, page: undefined })}
          title={direction ? 'Sorted by this column' : 'Sort by this column'}
        >
          {column.head}
          <span aria-hidden="true" className={classes.arrow}>
            {direction === 'ascending' ? '↑' : direction === 'descending' ? '↓' : ''}
          </span>
        </button>
      ) : (
        column.head
      )}
    </th>
  )
}

interface ControlsProps<Row> {
  columns: readonly Column<Row>[]
  view: TableView
  onView: (view: TableView) => void
  filterable: boolean
  /** Too many to see the order at a glance. */
  many: boolean
  caption: string
}

/** The filter; and, where the heads are hidden, the order. */
function Controls<Row>({ columns, view, onView, filterable, many, caption }: ControlsProps<Row>) {
  const id = useId()
  const sortable = columns.flatMap(({ key, head, value }) => (value && typeof head === 'string' ? [{ key, head }] : []))
  return (
    <div className={classes.controls} data-screen-only>
      {filterable && (
        <FilterField
          label={`Filter ${caption}`}
          words={view.find ?? ''}
          onWords={(find) => onView({ ...view, find: find || undefined, page: undefined })}
        />
      )}
      {many && sortable.length > 0 && (
        <div className={classes.narrowSort}>
          <label htmlFor={id}>Sort by</label>
          <select id={id} value={view.sort ?? ''} onChange={(event) => onView({ ...view, sort: event.target.value || undefined })}>
            <option value="">as listed</option>
            {sortable.map((column) => (
              <option key={column.key} value={column.key}>
                {column.head}
              </option>
            ))}
          </select>
        </div>
      )}
    </div>
  )
}

function Pages({
  first,
  rows,
  total,
  page,
  pages,
  onPage,
}: {
  first: number
  rows: readonly unknown[]
  total: number
  page: number
  pages: number
  onPage: (page: number) => void
}) {
  return (
    <nav className={classes.pages} aria-label="Pages of the table" data-screen-only>
      <span>
        {formatCount(first + 1)} to {formatCount(first + rows.length)} of {formatCount(total)}
      </span>
      <button type="button" disabled={page === 1} onClick={() => onPage(page - 1)}>
        Previous
      </button>
      <button type="button" disabled={page === pages} onClick={() => onPage(page + 1)}>
        Next
      </button>
    </nav>
  )
}
