import type { ReactNode } from 'react'
import classes from './chart.module.css'

export interface Part {
  key: string
  label: ReactNode
  /** 0 to 1 of the whole. */
  share: number
  /** What stands behind the share, in words: "38 h", "112 changes". */
  detail?: string
  /** Not yet explained: hatched, so that it is seen for what it is. */
  unexplained?: boolean
}

/** One bar of one whole, its parts named right under it in the same order. */
export function StackedBar({ parts, label }: { parts: readonly Part[]; label: string }) {
  // Little is not nothing, and most is not all.
  const words = ({ share }: Part) =>
    share > 0 && share < 0.005 ? '< 1 %' : share < 1 && share >= 0.995 ? '> 99 %' : `${(share * 100).toFixed(0)} %`
  return (
    <div className={classes.stack} role="group" aria-label={label}>
      <div className={classes.bar} aria-hidden="true">
        {parts
          .filter((part) => part.share > 0)
          .map((part) => (
            <span key={part.key} className={classes.part} data-series={seriesOf(parts, part)} style={{ flexGrow: part.share }}>
              <span>{words(part)}</span>
            </span>
          ))}
      </div>
      <ul className={classes.parts}>
        {parts.map((part) => (
          <li key={part.key}>
            <span className={classes.swatch} data-series={seriesOf(parts, part)} aria-hidden="true" />
            <span>
              {part.label} <b>{words(part)}</b> {part.detail && <span className="quiet">{part.detail}</span>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Five colours at most; the rest is grey, the unexplained hatched. */
function seriesOf(parts: readonly Part[], part: Part): string {
  if (part.unexplained) return 'unexplained'
  const place = parts.filter((one) => !one.unexplained).indexOf(part) + 1
  return place <= 5 ? String(place) : 'rest'
}
