import type { ReactNode } from 'react'

/** One reading of a series. */
export interface TimePoint {
  from: string
  to: string
  /** Unknown is null: a gap, never zero. */
  value: number | null
  low?: number | undefined
  high?: number | undefined
  n: number
  /** The span cuts it short. */
  partial?: boolean | undefined
}

/** What may come: a value and the band it lies in. */
export interface ForecastPoint {
  from: string
  to: string
  value: number
  low: number
  high: number
}

/** What was found in the readings, drawn with them. */
export interface Outlook {
  /** The straight way of the present level, thin. */
  trend?: { from: { at: string; value: number }; to: { at: string; value: number } } | undefined
  /** Days from which on the level is another, as labelled lines. */
  changes: readonly { at: string; label: string; /** What the table says of it; `level changed` unless told. */ note?: string }[]
  forecast: readonly ForecastPoint[]
  /** What the band promises and keeps: stands at its end. */
  forecastLabel?: string | undefined
}

/** Something that happened meanwhile: a small mark that opens. */
export interface EventMark {
  key: string
  at: string
  mark: ReactNode
}

/** A chart of readings over time. */
export interface TimeSeriesProps {
  title: string
  /** The heading above the chart names it already. */
  untitled?: boolean
  note?: string
  unit: string
  points: readonly TimePoint[]
  /** A further line, thin and grey, named at its end. */
  beside?: { label: string; values: readonly (number | null)[] }[]
  target?: { value: number; label: string } | undefined
  outlook?: Outlook
  events?: readonly EventMark[]
  height?: number
}
