import { ok, refuse, type Result } from './result.ts'

/** Units a measure can have. Time is seconds; money carries its currency as `EUR`, `USD`, …. */
export type Unit = string

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const
const DURATION = /^([+-]?\d+(?:\.\d+)?)\s*(s|m|h|d|w)$/

/** Reads `90s 5m 36h 4.1d 2w` into seconds. */
export function parseDuration(text: string): Result<number> {
  const match = DURATION.exec(text.trim())
  if (!match)
    return refuse('quantity.bad_duration', `"${text.slice(0, 40)}" is not a duration`, {
      fix: 'Write a number and s, m, h, d or w, for example 36h or 4.1d.',
    })
  return ok(Number(match[1]) * SECONDS[match[2] as keyof typeof SECONDS])
}

/** Reads a number or a duration in the unit of the measure it is compared with. `12%` reads as 0.12 for a ratio. */
export function parseQuantity(value: number | string, unit: Unit): Result<number> {
  if (typeof value === 'number') return Number.isFinite(value) ? ok(value) : refuse('quantity.not_finite', 'the number is not finite')
  const text = value.trim()
  if (unit === 's' && DURATION.test(text)) return parseDuration(text)
  if (unit === 'ratio' && /^[+-]?\d+(\.\d+)?\s*%$/.test(text)) return ok(Number.parseFloat(text) / 100)
  if (/^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return ok(Number(text))
  return refuse('quantity.unreadable', `"${text.slice(0, 40)}" cannot be read in the unit ${unit}`, {
    fix: unit === 's' ? 'Write a duration such as 36h or 4.1d.' : `Write a number in ${unit}.`,
  })
}

/** A duration in words of sensible precision: 38 h, 4.1 d, 12 min. */
export function formatDuration(seconds: number): string {
  const size = Math.abs(seconds)
  if (size < 90) return `${round(seconds, 2)} s`
  if (size < 90 * 60) return `${round(seconds / 60, 2)} min`
  if (size < 48 * 3600) return `${round(seconds / 3600, 2)} h`
  return `${round(seconds / 86_400, 2)} d`
}

/** A value with its unit as people read it. Unknown is said by the caller, never passed in. */
export function formatQuantity(value: number, unit: Unit): string {
  if (unit === 's') return formatDuration(value)
  if (unit === 'ratio') return `${round(value * 100, value * 100 < 10 ? 2 : 3)} %`
  if (unit === '1/d')
    return value >= 1 ? `${round(value, 2)} a day` : value * 7 >= 1 ? `${round(value * 7, 2)} a week` : `${round(value * 30.44, 2)} a month`
  if (unit === 'count' || unit === 'number' || unit === '') return round(value, 3)
  return `${round(value, 3)} ${unit}`
}

/** Kept: making one anew takes twenty times as long as using it. */
const DIGITS = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 12 })

/** Rounds to significant digits without scientific notation; whole numbers keep all their digits. */
export function round(value: number, digits: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value)
  const magnitude = Math.floor(Math.log10(Math.abs(value)))
  const decimals = Math.max(0, digits - 1 - magnitude)
  return DIGITS.format(Number(value.toFixed(Math.min(decimals, 12))))
}
