import { formatCount } from '../figure/index.ts'
import type { Bin } from './bins.ts'
import { ChartFrame } from './chart-frame.tsx'
import classes from './chart.module.css'

export interface DistributionProps {
  title: string
  bins: readonly Bin[]
  /** What the list of records left out, for example. */
  note?: string
}

/** How the records spread: one bar per range people think in, so that a long tail stays readable. */
export function Distribution({ title, bins, note }: DistributionProps) {
  const most = Math.max(1, ...bins.map((bin) => bin.count))
  const all = bins.reduce((sum, bin) => sum + bin.count, 0)
  return (
    <ChartFrame title={title} untitled note={note} twin={{ heads: ['range', 'records'], rows: bins.map((bin) => [bin.label, bin.count]) }}>
      <ol className={classes.bins}>
        {bins.map((bin) => (
          <li key={bin.label}>
            <span className={classes.binLabel}>{bin.label}</span>
            <span className={classes.binTrack}>
              <span className={classes.binBar} style={{ width: `${(bin.count / most) * 100}%` }} />
              <span className={classes.binCount}>
                {formatCount(bin.count)} <span className="quiet">({Math.round((bin.count / Math.max(1, all)) * 100)}&nbsp;%)</span>
              </span>
            </span>
          </li>
        ))}
      </ol>
    </ChartFrame>
  )
}
