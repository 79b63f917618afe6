import { useCallback, useMemo } from 'react'
import { formatQuantity } from '../figure/index.ts'
import { formatDays, formatMoment } from '../text/index.ts'
import { ChartFrame } from './chart-frame.tsx'
import { PlotView, type PlotViewProps } from './plot-view.tsx'
import { axisScale } from './scale.ts'
import { EventLane } from './event-lane.tsx'
import type { Outlook, TimePoint, TimeSeriesProps } from './series.ts'
import { timeSeriesMarks } from './time-series-marks.ts'
import type { Twin } from './twin.ts'

const NOTHING: NonNullable<TimeSeriesProps['beside']> = []
const NO_OUTLOOK: Outlook = { changes: [], forecast: [] }

/**
 * Readings over time: line, interval as a band, target as a labelled line, gaps where nothing is known; with what was
 * found in them (trend, changes of level, forecast) and what happened meanwhile as small marks under it.
 */
export function TimeSeries({
  title,
  untitled,
  note,
  unit,
  points,
  beside = NOTHING,
  target,
  outlook,
  events,
  height = 240,
}: TimeSeriesProps) {
  const range = useMemo(() => rangeOf({ points, beside, target, outlook }), [points, beside, target, outlook])
  const scale = useMemo(() => axisScale(unit, Math.max(range.top, -range.bottom)), [unit, range])
  const span = useMemo(() => spanOf(points, outlook), [points, outlook])
  const draw: PlotViewProps['draw'] = useCallback(
    (plot, size) => timeSeriesMarks(plot, size, { points, beside, target, outlook: outlook ?? NO_OUTLOOK, unit, scale, range, span }),
    [points, beside, target, outlook, unit, scale, range, span],
  )
  return (
    <ChartFrame title={title} untitled={untitled} note={note} twin={twinOf(points, beside, unit, outlook)}>
      {points.some((point) => point.value !== null) ? (
        <>
          <PlotView label={inWords(title, points, unit)} height={height} draw={draw} />
          {events && events.length > 0 && <EventLane events={events} span={span} labelled={beside.length > 0} />}
        </>
      ) : (
        <p className="quiet">Unknown throughout: no reading in this span has a value.</p>
      )}
    </ChartFrame>
  )
}

/** The values that have to fit. Zero always does, so that a small wobble looks small. */
function rangeOf({ points, beside, target, outlook }: Pick<TimeSeriesProps, 'points' | 'beside' | 'target' | 'outlook'>) {
  const values = [
    0,
    target?.value ?? 0,
    ...points.flatMap((point) => [point.value ?? 0, point.low ?? 0, point.high ?? 0]),
    ...(beside ?? []).flatMap((one) => one.values.map((value) => value ?? 0)),
    ...(outlook?.forecast ?? []).flatMap(({ low, high }) => [low, high]),
  ]
  return values.reduce(({ bottom, top }, value) => ({ bottom: Math.min(bottom, value), top: Math.max(top, value) }), { bottom: 0, top: 0 })
}

function spanOf(points: readonly TimePoint[], outlook: Outlook | undefined): [Date, Date] {
  const last = outlook?.forecast.at(-1) ?? points.at(-1)
  return [new Date(points[0]?.from ?? 0), new Date(last?.to ?? 0)]
}

function twinOf(points: readonly TimePoint[], beside: NonNullable<TimeSeriesProps['beside']>, unit: string, outlook?: Outlook): Twin {
  const write = (value: number | null | undefined) => (value === null || value === undefined ? null : formatQuantity(value, unit))
  const notes = (point: TimePoint) =>
    [
      point.partial ? 'not a whole one' : '',
      ...(outlook?.changes ?? []).filter(({ at }) => at >= point.from && at < point.to).map(({ note }) => note ?? 'level changed'),
    ].filter(Boolean)
  const told = points.map((point, index) => [
    point.from.slice(0, 10),
    point.to.slice(0, 10),
    write(point.value),
    write(point.low),
    write(point.high),
    ...beside.map((one) => write(one.values[index])),
    point.n,
    ...(outlook ? [notes(point).join('; ')] : []),
  ])
  const ahead = (outlook?.forecast ?? []).map(({ from, to, value, low, high }) => [
    from.slice(0, 10),
    to.slice(0, 10),
    write(value),
    write(low),
    write(high),
    ...beside.map(() => ''),
    '',
    'forecast',
  ])
  return {
    heads: ['from', 'to', 'value', 'low', 'high', ...beside.map((one) => one.label), 'records', ...(outlook ? ['note'] : [])],
    rows: [...told, ...ahead],
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
