import { useCallback } from 'react'
import { formatInterval, formatQuantity } from '../figure/index.ts'
import { ChartFrame } from './chart-frame.tsx'
import { PlotView, type PlotViewProps } from './plot-view.tsx'

/** One point of a curve over whole steps. */
export interface CurvePoint {
  step: number
  /** Unknown is null: a gap, never zero. */
  share: number | null
  low?: number | undefined
  high?: number | undefined
  n: number
  /** What else is to be known of it. */
  note?: string
}

export interface CurveProps {
  title: string
  note?: string
  /** What a step is: "months after". */
  stepHead: string
  points: readonly CurvePoint[]
  height?: number
}

/** A share over whole steps: line, interval as a band, nothing where nothing is known. */
export function Curve({ title, note, stepHead, points, height = 220 }: CurveProps) {
  const draw: PlotViewProps['draw'] = useCallback(
    (plot, size) => {
      const known = points.filter((point) => point.share !== null)
      const top = Math.max(0.05, ...known.map((point) => point.high ?? point.share ?? 0)) * 100
      const up = (value: number | null | undefined) => (value === null || value === undefined ? Number.NaN : value * 100)
      return plot.plot({
        width: size.width,
        height: size.height,
        marginLeft: 44,
        marginRight: 16,
        marginTop: 24,
        marginBottom: 36,
        style: { background: 'transparent', color: 'var(--ink-3)', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' },
        x: {
          domain: [1, Math.max(2, points.length)],
          ticks: points.map((point) => point.step),
          tickFormat: 'd',
          label: stepHead,
          labelArrow: 'none',
        },
        y: { domain: [0, top * 1.08], label: 'per cent', grid: true, ticks: 4, labelArrow: 'none' },
        marks: [
          plot.areaY(points, {
            x: 'step',
            y1: (point: CurvePoint) => up(point.low),
            y2: (point: CurvePoint) => up(point.high),
            fill: 'var(--series-1)',
            fillOpacity: 0.14,
          }),
          plot.lineY(points, { x: 'step', y: (point: CurvePoint) => up(point.share), stroke: 'var(--series-1)', strokeWidth: 2 }),
          plot.dot(known, { x: 'step', y: (point: CurvePoint) => up(point.share), r: 3, fill: 'var(--series-1)' }),
          plot.tip(
            known,
            plot.pointerX({
              x: 'step',
              y: (point: CurvePoint) => up(point.share),
              title: (point: CurvePoint) => hint(point),
              fill: 'var(--surface)',
              stroke: 'var(--line-strong)',
              fontSize: 12,
            }),
          ),
        ],
      })
    },
    [points, stepHead],
  )
  const write = (value: number | null | undefined) => (value === null || value === undefined ? null : formatQuantity(value, 'ratio'))
  return (
    <ChartFrame
      title={title}
      untitled
      note={note}
      twin={{
        heads: [stepHead, 'share', 'low', 'high', 'n', 'rests on'],
        rows: points.map((point) => [point.step, write(point.share), write(point.low), write(point.high), point.n, point.note ?? null]),
      }}
    >
      {points.some((point) => point.share !== null) ? (
        <PlotView label={inWords(title, points, stepHead)} height={height} draw={draw} />
      ) : (
        <p className="quiet">Unknown throughout: nothing is over yet.</p>
      )}
    </ChartFrame>
  )
}

function hint({ share, low, high, n, note }: CurvePoint): string {
  return [
    formatQuantity(share ?? 0, 'ratio'),
    low !== undefined && high !== undefined ? `between ${formatInterval(low, high, 'ratio')}` : '',
    `n = ${n.toLocaleString('en-GB')}`,
    note ?? '',
  ]
    .filter(Boolean)
    .join('\n')
}

function inWords(title: string, points: readonly CurvePoint[], stepHead: string): string {
  const known = points.filter((point) => point.share !== null)
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return `${title}: unknown throughout`
  return `${title}: ${formatQuantity(first.share ?? 0, 'ratio')} at ${first.step} ${stepHead}, ${formatQuantity(last.share ?? 0, 'ratio')} at ${last.step}; the same figures are in the table`
}
