import { formatQuantity } from '../figure/quantity.ts'

export interface Bin {
  label: string
  count: number
}

const HOUR = 3_600
const DAY = 24 * HOUR
/** Borders people think in, by unit; other units get 1, 2, 5, 10, 20, 50, … */
const BORDERS: Record<string, readonly number[]> = {
  s: [15 * 60, HOUR, 4 * HOUR, 12 * HOUR, DAY, 2 * DAY, 4 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 84 * DAY],
  lines: [10, 50, 100, 200, 400, 800, 1_600, 5_000],
}

/** Counts values between borders, lower border included; empty ranges at either end are left out. */
export function binsOf(values: readonly number[], unit: string): Bin[] {
  if (values.length === 0) return []
  const borders = BORDERS[unit] ?? decades(Math.max(...values))
  const counts = Array.from({ length: borders.length + 1 }, () => 0)
  for (const value of values) {
    const place = borders.findIndex((border) => value < border)
    counts[place === -1 ? borders.length : place]! += 1
  }
  const bins = counts.map((count, index) => ({ label: rangeWords(borders[index - 1], borders[index], unit), count }))
  const first = bins.findIndex((bin) => bin.count > 0)
  const last = bins.findLastIndex((bin) => bin.count > 0)
  return bins.slice(first, last + 1)
}

/** "2 d to 4 d"; open ends are "under" and "and more". */
export function rangeWords(from: number | undefined, to: number | undefined, unit: string): string {
  if (!from) return `under ${borderWords(to ?? 0, unit)}`
  if (to === undefined) return `${borderWords(from, unit)} and more`
  return `${borderWords(from, unit)} to ${borderWords(to, unit)}`
}

/** A border as people say it: "1 h" and "1 d", where a measured value is told as "60 min" and "24 h". */
function borderWords(border: number, unit: string): string {
  if (unit === 's' && border >= DAY && border % DAY === 0) return `${border / DAY}\u00a0d`
  if (unit === 's' && border >= HOUR && border % HOUR === 0) return `${border / HOUR}\u00a0h`
  return formatQuantity(border, unit)
}

function decades(top: number): number[] {
  const borders: number[] = []
  for (let size = 1; size <= Math.max(1, top); size *= 10) borders.push(size, 2 * size, 5 * size)
  return borders
}
