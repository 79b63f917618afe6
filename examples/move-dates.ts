import { DAY } from './generator/calendar.ts'

/** The day as of which the files of `company/` are written. */
export const WRITTEN = '2026-12-01'

/** Where the example's intent lies. */
export const COMPANY_FOLDER = `${import.meta.dirname}/company`

/**
 * Moves every date in a value (`2026-05-04`, also inside texts) by the days between the one the company was written for
 * and now, so that targets, exceptions and reviews stand to the generated year as they were meant to.
 */
export function movedTo<T>(value: T, now: number): T {
  const days = Math.floor(now / DAY) - Math.floor(Date.parse(WRITTEN) / DAY)
  return days === 0 ? value : (moved(value, days * DAY) as T)
}

function moved(value: unknown, by: number): unknown {
  if (typeof value === 'string') return value.replaceAll(/(?<![\d-])20\d{2}-\d{2}-\d{2}(?![\d-])/g, (day) => movedDay(day, by))
  if (Array.isArray(value)) return value.map((item) => moved(item, by))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, moved(inner, by)]))
}

function movedDay(day: string, by: number): string {
  const at = Date.parse(day)
  return Number.isNaN(at) ? day : new Date(at + by).toISOString().slice(0, 10)
}
