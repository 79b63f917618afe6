import { formatQuantity, type Instant, round, type Unit, WEEK } from '../../../ground/core/index.ts'
import type { Direction } from './direction.ts'

/** How fast the value has to move against how fast it does, in its unit a week. */
export interface Pace {
  /** From now to the target by its date; null once the date has passed. */
  needed: number | null
  /** Slope of the weeks since the baseline; null below eight weeks with data. */
  seen: number | null
  /** Where the slope lies at 95 %. */
  between?: { low: number; high: number }
  /** Weeks with data. */
  n: number
  /** Whether what is seen suffices for what is needed; null when either is not known. */
  suffices: boolean | null
}

/** The slope seen in the weeks since the baseline, with how many weeks had data. */
export interface SeenPace {
  slope: { value: number; low: number; high: number } | null
  weeks: number
}

/** Pace needed from now on, against the pace seen in weekly values since the baseline. */
export function paceOf(
  { slope, weeks }: SeenPace,
  now: { value: number; at: Instant },
  target: { value: number; by: Instant },
  direction: Direction,
): Pace {
  const weeksLeft = (target.by - now.at) / WEEK
  const needed = weeksLeft > 0 ? (target.value - now.value) / weeksLeft : null
  const seen = slope?.value ?? null
  const suffices = needed === null || seen === null ? null : direction === 'higher' ? seen >= needed : seen <= needed
  return { needed, seen, ...(slope ? { between: { low: slope.low, high: slope.high } } : {}), n: weeks, suffices }
}

/** "−0.1 d a week"; signed, because the way it moves matters. */
export function paceWords(amount: number, unit: Unit): string {
  const size = Math.abs(amount)
  const sign = amount < 0 ? '−' : '+'
  if (unit === 'ratio') return `${sign}${round(size * 100, 2)} points a week`
  if (unit === '1/d') return `${sign}${round(size * 7, 2)} a week, every week`
  return `${sign}${formatQuantity(size, unit)} a week`
}
