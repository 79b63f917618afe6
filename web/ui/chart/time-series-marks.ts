import { formatInterval, formatQuantity, plural } from '../figure/index.ts'
import { formatDays } from '../text/index.ts'
import type { PlotLibrary } from './plot-view.tsx'
import type { AxisScale } from './scale.ts'
import type { TimePoint, TimeSeriesProps } from './series.ts'

interface Drawn {
  points: readonly TimePoint[]
  beside: NonNullable<TimeSeriesProps['beside']>
  target: TimeSeriesProps['target']
  unit: string
  scale: AxisScale
  top: number
}

/** The marks of a time series, bottom to top: band, target, thin lines, line, dots, the hint under the pointer. */
export function timeSeriesMarks(
  plot: PlotLibrary,
  size: { width: number; height: number },
  { points, beside, target, unit, scale, top }: Drawn,
): Element {
  const middle = (point: TimePoint) => new Date((Date.parse(point.from) + Date.parse(point.to)) / 2)
  const up = (value: number | null | undefined) => (value === null || value === undefined ? Number.NaN : value / scale.by)
  const labelled = beside.length > 0 ? 64 : 16
  return plot.plot({
    width: size.width,
    height: size.height,
    marginLeft: 44,
    marginRight: labelled,
    marginTop: 24,
    marginBottom: 28,
    style: { background: 'transparent', color: 'var(--ink-3)', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' },
    x: { type: 'utc', label: null, ticks: Math.max(3, Math.floor(size.width / 110)) },
    y: { domain: [0, (top / scale.by || 1) * 1.08], label: scale.label || null, grid: true, ticks: 4, labelArrow: 'none' },
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
      plot.dot(points, { x: middle, y: (point: TimePoint) => up(point.value), r: 3, fill: 'var(--series-1)' }),
      plot.dot(
        points.filter((point) => point.value === null),
        { x: middle, y: 0, r: 3.5, stroke: 'var(--unknown)', strokeDasharray: '2 1.5', fill: 'var(--surface)' },
      ),
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
  return [...lines, plural(point.n, 'record')].join('\n')
}
