import type { ReactNode } from 'react'
import { ChartFrame } from './chart-frame.tsx'
import classes from './chart.module.css'
import type { Twin } from './twin.ts'

export interface Bar {
  key: string
  label: ReactNode
  value: number
  /** The value in words. */
  words: string
  /** Beside it, quietly. */
  detail?: string | undefined
  /** Not yet explained: hatched. */
  unexplained?: boolean
}

/** Things by size: one bar each, from zero. What is less than nothing (a credit) has its words and no bar. */
export function BarList({
  title,
  note,
  bars,
  twin,
  full,
}: {
  title: string
  note?: string
  bars: readonly Bar[]
  twin: Twin
  /** What a bar over the whole width stands for; the largest value unless said. */
  full?: number
}) {
  const most = full ?? Math.max(...bars.map((bar) => bar.value), Number.MIN_VALUE)
  return (
    <ChartFrame title={title} untitled note={note} twin={twin}>
      <ol className={classes.bins} data-long="">
        {bars.map((bar) => (
          <li key={bar.key}>
            <span className={classes.binLabel}>{bar.label}</span>
            <span className={classes.binTrack}>
              <span
                className={classes.binBar}
                data-series={bar.unexplained ? 'unexplained' : undefined}
                style={{ width: `${(Math.max(0, bar.value) / most) * 100}%` }}
              />
              <span className={classes.binCount}>
                {bar.words} {bar.detail && <span className="quiet">{bar.detail}</span>}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </ChartFrame>
  )
}
