import { type ReactNode, useState } from 'react'
import classes from './chart.module.css'
import { csv, type Twin } from './twin.ts'

interface ChartFrameProps {
  title: string
  /** The heading above the chart names it already. */
  untitled?: boolean | undefined
  note?: ReactNode
  twin: Twin
  children: ReactNode
}

/** A chart with its words, its table twin and the same figures as CSV. */
export function ChartFrame({ title, untitled = false, note, twin, children }: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false)
  return (
    <figure className={classes.frame}>
      <figcaption className={untitled && !note ? 'visually-hidden' : classes.caption}>
        <strong className={untitled ? 'visually-hidden' : undefined}>{title}</strong>
        {note && <span>{note}</span>}
      </figcaption>
      {asTable ? <TwinTable twin={twin} title={title} /> : children}
      <div className={classes.foot} data-screen-only>
        <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? 'Show as chart' : 'Show as table'}
        </button>
        <a
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(csv(twin))}`}
          download={`${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.csv`}
        >
          CSV
        </a>
      </div>
    </figure>
  )
}

function TwinTable({ twin, title }: { twin: Twin; title: string }) {
  return (
    <div className={classes.twin} tabIndex={0} role="region" aria-label={`${title}, as a table`}>
      <table>
        <thead>
          <tr>
            {twin.heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {twin.rows.map((row) => (
            <tr key={row.join(' ')}>
              {row.map((cell, index) => (
                <td key={twin.heads[index]}>{cell ?? 'unknown'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
