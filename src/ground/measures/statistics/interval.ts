/** Where the true value lies with the given confidence. */
export interface Interval {
  low: number
  high: number
  /** Confidence, 0 to 1. */
  level: number
}
