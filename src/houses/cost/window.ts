import { bucketsOf, type Instant, previousWindow, type Window } from '../../ground/core/index.ts'

/** Months the trend goes back. */
const TREND_MONTHS = 12

/** The windows of one answer. */
export interface CostWindows {
  window: Window
  /** The one before: as many months before where it is whole months, else of the same length. */
  before: Window
  /** The last twelve months up to the end of the window, each whole or as far as the window goes. */
  months: Window[]
}

/** Bills come by the month, so the window is the last whole month unless it is said; in UTC, as bills count their days. */
export function costWindows(asked: { from?: Instant | undefined; to?: Instant | undefined }, at: Instant): CostWindows {
  const to = asked.to ?? (asked.from === undefined ? monthStart(at, 0) : at)
  const window = { from: asked.from ?? monthStart(to, to === monthStart(to, 0) ? -1 : 0), to }
  return { window, before: beforeOf(window), months: bucketsOf({ from: monthStart(to - 1, 1 - TREND_MONTHS), to }, 'month') }
}

function beforeOf(window: Window): Window {
  const isWhole = window.from === monthStart(window.from, 0) && window.to === monthStart(window.to, 0)
  if (!isWhole) return previousWindow(window)
  return { from: monthStart(window.from, -bucketsOf(window, 'month').length), to: window.from }
}

/** Start of the month some months away from the one a moment lies in. */
function monthStart(at: Instant, away: number): Instant {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + away, 1)
}
