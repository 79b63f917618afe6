import { type Instant, MINUTE, WEEK } from '../../../ground/core/index.ts'
import type { Period } from './windows.ts'

/** Windows a burn is told for; the pairs of the SRE Workbook's alerts (chapter 5, "Multiwindow, Multi-Burn-Rate Alerts"). */
export const BURN_WINDOWS = { '5m': 5, '30m': 30, '1h': 60, '2h': 120, '6h': 360, '1d': 1440, '3d': 4320 } as const
export type BurnWindow = keyof typeof BURN_WINDOWS
export type Burn = Record<BurnWindow, number | null>

/**
 * Share of the error budget still unspent: 1 − error ÷ (1 − target) (SRE Workbook, chapter 2).
 * @param error share of bad in the same window
 * @returns 1 untouched, 0 spent, negative overspent; null when nothing was observed
 */
export function budgetRemaining(target: number, error: number | null): number | null {
  return error === null ? null : 1 - burnRate(target, error)!
}

/** How many times faster than the budget allows it is spent: error ÷ (1 − target); 1 spends it just by the end of the window. */
export function burnRate(target: number, error: number | null): number | null {
  return error === null ? null : error / (1 - target)
}

/** What is left of a budget, as a share and in minutes of being bad. */
export interface Budget {
  /** Of what was allowed until now. */
  remaining: number | null
  /** Of what the whole period allows, taken that the rest of it sees the same traffic; for a rolling window the same. */
  projected: number | null
  minutesLeft: number | null
  minutesTotal: number
}

/**
 * @param spent share of the budget spent in what has passed, 1 − remaining
 * @param cutOut minutes of the whole period that do not count
 */
export function budgetOf(target: number, spent: number | null, { from, to, end }: Period, cutOut: number): Budget {
  const whole = Math.max(0, (end - from) / MINUTE - cutOut)
  const minutesTotal = (1 - target) * whole
  if (spent === null) return { remaining: null, projected: null, minutesLeft: null, minutesTotal }
  const passed = end === to ? 1 : (to - from) / (end - from)
  const projected = 1 - spent * passed
  return { remaining: 1 - spent, projected, minutesLeft: minutesTotal * projected, minutesTotal }
}

/**
 * When the budget is gone if it goes on burning like this: what is left × window ÷ burn (SRE Workbook, chapter 5,
 * "time to exhaustion"). Null where it is gone already, or lasts: a rolling window forgets as fast as it spends at a burn
 * of 1, a calendar period ends first.
 */
export function exhaustsAt({ projected }: Pick<Budget, 'projected'>, burn: number | null, { from, to, end }: Period): Instant | null {
  if (projected === null || projected <= 0 || burn === null || burn <= 0) return null
  const isRolling = end === to
  if (isRolling && burn <= 1) return null
  const at = Math.round(to + (projected * (end - from)) / burn)
  return !isRolling && at >= end ? null : at
}

export type BudgetState = 'met' | 'at_risk' | 'missed' | 'unknown'

/** Part of the budget below which it is at risk whatever it burns. */
const LITTLE_LEFT = 0.1
/** A budget spent to the last event is not overspent by the last digits of a division. */
const ROUNDING = 1e-9

/** Missed: overspent. At risk: less than a tenth is left, or at the pace of the last day it is gone before the calendar period ends, or within a week. */
export function stateOf({ remaining }: Pick<Budget, 'remaining'>, exhausts: Instant | null, { to, end }: Period): BudgetState {
  if (remaining === null) return 'unknown'
  if (remaining < -ROUNDING) return 'missed'
  const soon = exhausts !== null && (end !== to || exhausts <= to + WEEK)
  return soon || remaining < LITTLE_LEFT ? 'at_risk' : 'met'
}

/** The burn a forecast goes by: of the last day, of three where that is not known. */
export function pace(burn: Burn): number | null {
  return burn['1d'] ?? burn['3d']
}
