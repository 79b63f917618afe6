import { ChartFrame } from './chart-frame.tsx'
import classes from './heat-table.module.css'
import type { Twin } from './twin.ts'

/** One cell: a share with its words, or why there is none. */
export interface HeatCell {
  /** 0 to 1; null where there is no number. */
  share: number | null
  text: string
  /** Said where the cell stands empty, and on hover. */
  hint: string
}

export interface HeatTableProps {
  title: string
  note?: string
  /** What the rows are. */
  rowHead: string
  /** What stands beside each row's name. */
  sizeHead: string
  columns: readonly string[]
  rows: readonly { key: string; label: string; size: string; cells: readonly HeatCell[] }[]
  twin: Twin
}

/** Shares of rows over columns: every cell says its number, the shade repeats it; a cell without one says why. */
export function HeatTable({ title, note, rowHead, sizeHead, columns, rows, twin }: HeatTableProps) {
  return (
    <ChartFrame title={title} untitled note={note} twin={twin}>
      <div className={classes.frame} tabIndex={0} role="region" aria-label={title}>
        <table className={classes.table}>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{rowHead}</th>
              <th scope="col" className={classes.size}>
                {sizeHead}
              </th>
              {columns.map((column) => (
                <th key={column} scope="col" className={classes.cell}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.label}</th>
                <td className={classes.size}>{row.size}</td>
                {row.cells.map((cell, index) => (
                  <td
                    key={columns[index]}
                    className={classes.cell}
                    title={cell.hint}
                    data-empty={cell.share === null || undefined}
                    style={cell.share === null ? undefined : { backgroundColor: shade(cell.share) }}
                  >
                    {cell.text}
                    {cell.share === null && <span className="visually-hidden">{cell.hint}</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </ChartFrame>
  )
}

/** At most half of the series' colour, so that the number on it keeps its contrast. */
function shade(share: number): string {
  return `color-mix(in oklab, var(--series-1) ${Math.round(share * 50)}%, var(--surface))`
}
