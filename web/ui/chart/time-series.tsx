import { useCallback, useMemo } from 'react'
import { formatQuantity } from '../figure/index.ts'
import { formatDays, formatMoment } from '../text/index.ts'
import { ChartFrame } from './chart-frame.tsx'
import { PlotView, type PlotViewProps } from './plot-view.tsx'
import { axisScale } from './scale.ts'
import type { TimePoint, TimeSeriesProps } from './series.ts'
import { timeSeriesMarks } from './time-series-marks.ts'

const NOTHING: NonNullable<TimeSeriesProps['beside']> = []

/** Readings over time: line, interval as a band, target as a labelled line, gaps where nothing is known. */
export function TimeSeries({ title, untitled, note, unit, points, beside = NOTHING, target, height = 240 }: TimeSeriesProps) {
  const top = Math.max(
    target?.value ?? 0,
    ...points.map((point) => Math.max(point.value ?? 0, point.high ?? 0)),
    ...beside.flatMap((one) => one.values.map((value) => value ?? 0)),
  )
  const scale = useMemo(() => axisScale(unit, top), [unit, top])
  const draw: PlotViewProps['draw'] = useCallback(
    (plot, size) => timeSeriesMarks(plot, size, { points, beside, target, unit, scale, top }),
    [points, beside, target, unit, scale, top],
  )
  return (
    <ChartFrame title={title} untitled={untitled} note={note} twin={twinOf(points, beside, unit)}>
      {points.some((point) => point.value !== null) ? (
        <PlotView label={inWords(title, points, unit)} height={height} draw={draw} />
      ) : (
        <p className="quiet">Unknown throughout: no reading in this span has a value.</p>
      )}
    </ChartFrame>
  )
}

function twinOf(points: readonly TimePoint[], beside: NonNullable<TimeSeriesProps['beside']>, unit: string) {
  const write = (value: number | null | undefined) => (value === null || value === undefined ? null : formatQuantity(value, unit))
  return {
    heads: ['from', 'to', 'value', 'low', 'high', ...beside.map((one) => one.label), 'records'],
    rows: points.map((point, index) => [
      point.from.slice(0, 10),
      point.to.slice(0, 10),
      write(point.value),
      write(point.low),
      write(point.high),
      ...beside.map((one) => write(one.values[index])),
      point.n,
    ]),
  }
}

/** The first and last known reading in a sentence: what a glance at the chart tells. */
function inWords(title: string, points: readonly TimePoint[], unit: string): string {
  const known = points.filter((point) => point.value !== null)
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return `${title}: unknown throughout`
  const span = formatDays({ from: points[0]!.from, to: points.at(-1)!.to })
  return `${title}, ${span}: from ${formatQuantity(first.value ?? 0, unit)} (${formatMoment(first.from)}) to ${formatQuantity(last.value ?? 0, unit)} (${formatMoment(last.from)}); the same figures are in the table`
}
