import type { Instant } from '../../../ground/core/index.ts'
import type { SignalState } from './signal.ts'

/** How a subject stood in one stretch of time. */
export interface StatePeriod {
  from: Instant
  to: Instant
  state: SignalState
}

/** Since when a state lasts. */
export interface Since {
  at: Instant
  /** Set where it may have lasted longer: nothing earlier is known. */
  atLeast: boolean
}

/**
 * The start of the stretch that leads to the present state without another known one in between. Periods nobody knows
 * anything of neither end a stretch nor begin one.
 * @param periods oldest first
 */
export function sinceWhen(periods: readonly StatePeriod[], state: SignalState): Since | null {
  if (state === 'unknown') return null
  let start: StatePeriod | null = null
  for (const period of periods.toReversed()) {
    if (period.state === 'unknown') continue
    if (period.state !== state) return start && { at: start.from, atLeast: false }
    start = period
  }
  return start && { at: start.from, atLeast: true }
}
