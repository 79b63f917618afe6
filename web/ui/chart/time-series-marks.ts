import { timeTicks, valueTicks } from './axes.ts'
import { formatInterval, formatQuantity, plural } from '../figure/index.ts'
import { formatDays } from '../text/index.ts'
import type { PlotLibrary } from './plot-view.tsx'
import type { AxisScale } from './scale.ts'
import { outlookMarks } from './outlook-marks.ts'
import type { Outlook, TimePoint, TimeSeriesProps } from './series.ts'

interface Drawn {
  points: readonly TimePoint[]
  beside: NonNullable<TimeSeriesProps['beside']>
  target: TimeSeriesProps['target']
  outlook: Outlook
  unit: string
  scale: AxisScale
  /** Lowest and highest value that has to fit. */
  range: { bottom: number; top: number }
  /** From the first moment to the last, what is foretold included. */
  span: [Date, Date]
}

/** Room beside the plot, in pixels: whatever lies under a chart lines up with it. */
export const MARGIN = { left: 44, right: 16, rightOfLabels: 64 }
/** More points stand too close for dots. */
const MOST_DOTS = 120

/** Narrower than this the unit of the axis and the words about a forecast do not fit in one line. */
const NARROW = 480

/** The marks of a time series, bottom to top: band, target, thin lines, line, dots, the hint under the pointer. */
export function timeSeriesMarks(
  plot: PlotLibrary,
  size: { width: number; height: number },
  { points, beside, target, outlook, unit, scale, range, span }: Drawn,
): Element {
  const middle = (point: TimePoint) => new Date((Date.parse(point.from) + Date.parse(point.to)) / 2)
  const up = (value: number | null | undefined) => (value === null || value === undefined ? Number.NaN : value / scale.by)
  return plot.plot({
    width: size.width,
    height: size.height,
    marginLeft: MARGIN.left,
    marginRight: beside.length > 0 ? MARGIN.rightOfLabels : MARGIN.right,
    marginTop: outlook.forecastLabel && size.width < NARROW ? 42 : 24,
    marginBottom: 28,
    style: { background: 'transparent', color: 'var(--ink-3)', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' },
    x: {
      type: 'utc',
      domain: span,
      label: null,
      ...timeTicks(span, size.width),
    },
    y: {
      domain: [(range.bottom / scale.by) * 1.08, (range.top / scale.by || 1) * 1.08],
      label: scale.label || null,
      grid: true,
      ...valueTicks(Math.max(range.top, -range.bottom) / scale.by),
      labelArrow: 'none',
    },
    marks: [
      plot.areaY(points, {
        x: middle,
        y1: (point: TimePoint) => up(point.low),
        y2: (point: TimePoint) => up(point.high),
        fill: 'var(--series-1)',
        fillOpacity: 0.14,
        curve: 'monotone-x',
      }),
      target
        ? [
            plot.ruleY([target.value / scale.by], { stroke: 'var(--ink-2)', strokeDasharray: '5 4' }),
            plot.text([target], {
              frameAnchor: 'left',
              y: target.value / scale.by,
              dy: -8,
              text: 'label',
              textAnchor: 'start',
              fill: 'var(--ink-2)',
              fontWeight: 600,
            }),
          ]
        : [],
      outlookMarks(plot, outlook, up),
      beside.map((one) => [
        plot.lineY(points, {
          x: middle,
          y: (_: TimePoint, index: number) => up(one.values[index]),
          stroke: 'var(--series-5)',
          strokeWidth: 1,
          curve: 'monotone-x',
        }),
        plot.text(
          [one.values.findLastIndex((value) => value !== null)].filter((index) => index >= 0),
          {
            x: (index: number) => middle(points[index]!),
            y: (index: number) => up(one.values[index]),
            text: () => one.label,
            dx: 8,
            textAnchor: 'start',
            fill: 'var(--ink-3)',
          },
        ),
      ]),
      plot.lineY(points, {
        x: middle,
        y: (point: TimePoint) => up(point.value),
        stroke: 'var(--series-1)',
        strokeWidth: 2,
        curve: 'monotone-x',
      }),
      points.length > MOST_DOTS
        ? []
        : plot.dot(points, {
            x: middle,
            y: (point: TimePoint) => up(point.value),
            r: 3,
            // A piece that is not over yet is hollow.
            fill: (point: TimePoint) => (point.partial ? 'var(--surface)' : 'var(--series-1)'),
            stroke: 'var(--series-1)',
            strokeWidth: (point: TimePoint) => (point.partial ? 1.4 : 0),
          }),
      plot.dot(points.length > MOST_DOTS ? [] : points.filter((point) => point.value === null), {
        x: middle,
        y: 0,
        r: 3.5,
        stroke: 'var(--unknown)',
        strokeDasharray: '2 1.5',
        fill: 'var(--surface)',
      }),
      plot.tip(
        points,
        plot.pointerX({
          x: middle,
          y: (point: TimePoint) => up(point.value ?? 0),
          title: (point: TimePoint) => hint(point, unit),
          fill: 'var(--surface)',
          stroke: 'var(--line-strong)',
          fontSize: 12,
        }),
      ),
    ],
  })
}

function hint(point: TimePoint, unit: string): string {
  const lines = [formatDays(point), point.value === null ? 'unknown' : formatQuantity(point.value, unit)]
  if (point.low !== undefined && point.high !== undefined) lines.push(`between ${formatInterval(point.low, point.high, unit)}`)
  if (point.partial) lines.push('not a whole one')
  return [...lines, plural(point.n, 'record')].join('\n')
}
