import type { PlotLibrary } from './plot-view.tsx'
import type { ForecastPoint, Outlook } from './series.ts'

/** The marks of what was found in a series: forecast band and line, trend, changes of level. */
export function outlookMarks(plot: PlotLibrary, { trend, changes, forecast, forecastLabel }: Outlook, up: (value: number) => number) {
  const middle = (point: ForecastPoint) => new Date((Date.parse(point.from) + Date.parse(point.to)) / 2)
  return [
    forecast.length > 0
      ? [
          plot.areaY(forecast, {
            x: middle,
            y1: (point: ForecastPoint) => up(point.low),
            y2: (point: ForecastPoint) => up(point.high),
            fill: 'var(--series-4)',
            fillOpacity: 0.16,
          }),
          plot.lineY(forecast, {
            x: middle,
            y: (point: ForecastPoint) => up(point.value),
            stroke: 'var(--series-4)',
            strokeWidth: 1.6,
            strokeDasharray: '2 3',
          }),
          plot.text([forecastLabel ?? ''].filter(Boolean), {
            frameAnchor: 'top-right',
            dy: -18,
            textAnchor: 'end',
            fill: 'var(--series-4)',
            fontWeight: 600,
          }),
        ]
      : [],
    trend
      ? plot.lineY([trend.from, trend.to], {
          x: (end: { at: string }) => new Date(end.at),
          y: (end: { value: number }) => up(end.value),
          stroke: 'var(--ink-2)',
          strokeWidth: 1.2,
        })
      : [],
    changes.length > 0
      ? [
          plot.ruleX(changes, { x: (change: { at: string }) => new Date(change.at), stroke: 'var(--ink-2)', strokeDasharray: '1 3' }),
          plot.text(changes, {
            x: (change: { at: string }) => new Date(change.at),
            frameAnchor: 'bottom',
            dy: -4,
            dx: 4,
            textAnchor: 'start',
            text: 'label',
            fill: 'var(--ink-2)',
            stroke: 'var(--surface)',
            strokeWidth: 4,
          }),
        ]
      : [],
  ]
}
