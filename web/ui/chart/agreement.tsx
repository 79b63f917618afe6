import { useCallback } from 'react'
import { formatInterval, formatQuantity } from '../figure/index.ts'
import { ChartFrame } from './chart-frame.tsx'
import { PlotView, type PlotViewProps } from './plot-view.tsx'

/** One group: the share that was stated, and the share that was seen. */
export interface AgreementPoint {
  stated: number
  seen: number
  low: number
  high: number
  n: number
}

export interface AgreementProps {
  title: string
  note?: string
  statedHead: string
  seenHead: string
  points: readonly AgreementPoint[]
  height?: number
}

/** What was stated against what was seen, both from 0 to 100 %: on the line they agree, below it less came true than was said. */
export function Agreement({ title, note, statedHead, seenHead, points, height = 300 }: AgreementProps) {
  const draw: PlotViewProps['draw'] = useCallback(
    (plot, size) => {
      const most = Math.max(1, ...points.map(({ n }) => n))
      const per = (share: number) => share * 100
      return plot.plot({
        width: Math.min(size.width, 560),
        height: size.height,
        marginLeft: 44,
        marginRight: 24,
        marginTop: 24,
        marginBottom: 40,
        style: { background: 'transparent', color: 'var(--ink-3)', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' },
        x: { domain: [0, 100], label: `${statedHead}, per cent`, labelArrow: 'none', ticks: 5 },
        y: { domain: [0, 100], label: `${seenHead}, per cent`, labelArrow: 'none', grid: true, ticks: 5 },
        marks: [
          plot.line(
            [
              [0, 0],
              [100, 100],
            ],
            { stroke: 'var(--ink-3)', strokeDasharray: '4 4' },
          ),
          plot.text([[96, 96]], { text: ['as sure as right'], textAnchor: 'end', dy: -10, fill: 'var(--ink-3)' }),
          plot.ruleX(points, {
            x: (point: AgreementPoint) => per(point.stated),
            y1: (point: AgreementPoint) => per(point.low),
            y2: (point: AgreementPoint) => per(point.high),
            stroke: 'var(--series-1)',
            strokeOpacity: 0.5,
            strokeWidth: 2,
          }),
          plot.dot(points, {
            x: (point: AgreementPoint) => per(point.stated),
            y: (point: AgreementPoint) => per(point.seen),
            r: (point: AgreementPoint) => 3 + 5 * Math.sqrt(point.n / most),
            fill: 'var(--series-1)',
          }),
          plot.text(points, {
            x: (point: AgreementPoint) => per(point.stated),
            y: (point: AgreementPoint) => per(point.seen),
            text: (point: AgreementPoint) => `n = ${point.n}`,
            dx: 12,
            textAnchor: 'start',
            fill: 'var(--ink-2)',
          }),
        ],
        r: { type: 'identity' },
      })
    },
    [points, statedHead, seenHead],
  )
  const write = (share: number) => formatQuantity(share, 'ratio')
  return (
    <ChartFrame
      title={title}
      untitled
      {...(note === undefined ? {} : { note })}
      twin={{
        heads: [statedHead, seenHead, 'interval', 'n'],
        rows: points.map(({ stated, seen, low, high, n }) => [write(stated), write(seen), formatInterval(low, high, 'ratio'), n]),
      }}
    >
      <PlotView
        label={`${title}: ${points.map(({ stated, seen, n }) => `${write(stated)} stated, ${write(seen)} seen (n = ${n})`).join('; ')}`}
        height={height}
        draw={draw}
      />
    </ChartFrame>
  )
}
