/** What a value will probably be on the day of its target, foretold from its weeks and held against its own past. @decision 0032 */
export interface Forecast {
  value: number
  low: number
  high: number
  /** Share of futures the interval should hold, 0.8. */
  level: number
  /** Weeks with data it rests on. */
  weeks: number
  /** Records behind those weeks. */
  n: number
  /** Share of past values that lay in the interval foretold for them; null while nothing foretold has come yet. */
  held: number | null
  /** Values held against their interval. */
  heldOf: number
  /** Week by week from the last known to the day of the target. */
  points: { from: number; to: number; value: number; low: number; high: number }[]
}

/** How likely the target is reached by its day, and what that rests on. */
export interface Likelihood {
  probability: number
  /** Share of the errors of past forecasts with which it would be reached; or how surely the pace seen suffices. */
  basis: 'forecast' | 'pace'
  /** Errors of past forecasts, or weeks. */
  n: number
}

/** "62 %"; never a whole nothing or a full hundred, for no future is sure. */
export function probabilityWords(probability: number): string {
  const percent = Math.round(probability * 100)
  return percent >= 100 ? 'more than 99 %' : percent <= 0 ? 'less than 1 %' : `${percent} %`
}
