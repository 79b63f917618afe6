/** One reading of a series. */
export interface TimePoint {
  from: string
  to: string
  /** Unknown is null: a gap, never zero. */
  value: number | null
  low?: number | undefined
  high?: number | undefined
  n: number
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
  height?: number
}
