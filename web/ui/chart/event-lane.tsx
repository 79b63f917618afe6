import classes from './chart.module.css'
import type { EventMark } from './series.ts'
import { MARGIN } from './time-series-marks.ts'

/** What happened meanwhile, each as a small mark where it lies in time. The same things are listed in words near by. */
export function EventLane({ events, span: [from, to], labelled }: { events: readonly EventMark[]; span: [Date, Date]; labelled: boolean }) {
  const whole = to.getTime() - from.getTime() || 1
  return (
    <div
      className={classes.lane}
      style={{ marginLeft: MARGIN.left, marginRight: labelled ? MARGIN.rightOfLabels : MARGIN.right }}
      aria-hidden="true"
      data-screen-only
    >
      {events.map(({ key, at, mark }) => (
        <span key={key} style={{ left: `${((Date.parse(at) - from.getTime()) / whole) * 100}%` }}>
          {mark}
        </span>
      ))}
    </div>
  )
}
