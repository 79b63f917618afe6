import { useCallback } from 'react'
import { formatDays } from '../text/index.ts'
import { timeTicks, valueTicks } from './axes.ts'
import { ChartFrame } from './chart-frame.tsx'
import classes from './chart.module.css'
import { EventLane } from './event-lane.tsx'
import { PlotView, type PlotViewProps } from './plot-view.tsx'
import type { EventMark } from './series.ts'
import { MARGIN } from './time-series-marks.ts'

/** A span with what it divides into. */
export interface StackedSpan {
  from: string
  to: string
  /** One number a part, in the order of the parts. */
  values: readonly number[]
}

export interface StackedSeriesProps {
  title: string
  untitled?: boolean
  note?: string
  /** Four at most, so that they are told apart; the last may be what is not explained. */
  parts: readonly { key: string; label: string; unexplained?: boolean }[]
  spans: readonly StackedSpan[]
  /** What is counted: "changes". */
  counts: string
  /** What happened meanwhile. */
  events?: readonly EventMark[]
  height?: number
}

/** Bars over time, each divided into the same parts; they start at zero, and time runs right. */
export function StackedSeries({ title, untitled, note, parts, spans, counts, events = [], height = 240 }: StackedSeriesProps) {
  const draw: PlotViewProps['draw'] = useCallback(
    (plot, size) =>
      plot.plot({
        width: size.width,
        height: size.height,
        marginLeft: MARGIN.left,
        marginRight: MARGIN.right,
        marginBottom: 28,
        style: { background: 'transparent', color: 'var(--ink-3)', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' },
        x: { type: 'utc', domain: spanOf(spans), label: null, ...timeTicks(spanOf(spans), size.width) },
        y: { label: counts, grid: true, ...valueTicks(mostOf(spans)), labelArrow: 'none' },
        marks: [
          plot.rectY(
            spans.flatMap((span) => parts.map((part, index) => ({ span, index, value: span.values[index] ?? 0, label: part.label }))),
            {
              x1: ({ span }) => new Date(span.from),
              x2: ({ span }) => new Date(span.to),
              y: 'value',
              order: 'index',
              fill: ({ index }) => (parts[index]?.unexplained ? 'var(--series-rest)' : `var(--series-${index + 1})`),
              fillOpacity: ({ index }) => (parts[index]?.unexplained ? 0.45 : 1),
              insetLeft: 1,
              insetRight: 1,
              title: ({ span, value, label }) => `${label}: ${Math.round(value * 10) / 10} ${counts}\n${formatDays(span)}`,
              tip: true,
            },
          ),
          plot.ruleY([0], { stroke: 'var(--line-strong)' }),
        ],
      }),
    [parts, spans, counts],
  )
  const totals = spans.map(({ values }) => values.reduce((sum, value) => sum + value, 0))
  const twin = {
    heads: ['from', 'to', ...parts.map(({ label }) => label), counts],
    rows: spans.map(({ from, to, values }, index) => [
      from.slice(0, 10),
      to.slice(0, 10),
      ...values.map((value) => Math.round(value * 10) / 10),
      Math.round(totals[index]! * 10) / 10,
    ]),
  }
  return (
    <ChartFrame title={title} untitled={untitled} note={note} twin={twin}>
      {totals.some((total) => total > 0) ? (
        <>
          <PlotView label={`${title}: ${spans.length} bars, the same figures are in the table`} height={height} draw={draw} />
          {events.length > 0 && <EventLane events={events} span={spanOf(spans)} labelled={false} />}
          <ul className={classes.parts}>
            {parts.map((part, index) => (
              <li key={part.key}>
                <span className={classes.swatch} data-series={part.unexplained ? 'unexplained' : String(index + 1)} aria-hidden="true" />
                <span>{part.label}</span>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p className="quiet">Nothing was counted in this span.</p>
      )}
    </ChartFrame>
  )
}

/** The highest bar. */
function mostOf(spans: readonly StackedSpan[]): number {
  return spans.reduce(
    (most, { values }) =>
      Math.max(
        most,
        values.reduce((sum, value) => sum + value, 0),
      ),
    0,
  )
}

function spanOf(spans: readonly StackedSpan[]): [Date, Date] {
  return [new Date(spans[0]?.from ?? 0), new Date(spans.at(-1)?.to ?? 0)]
}
