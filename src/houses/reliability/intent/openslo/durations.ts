import { DAY, HOUR, MINUTE, WEEK } from '../../../../ground/core/index.ts'
import type { SloDuration } from '../model.ts'

/** Milliseconds of a unit. Months, quarters and years as go-sdk counts them; in calendar windows they have their real lengths. */
const LENGTHS = { m: MINUTE, h: HOUR, d: DAY, w: WEEK, M: 30 * DAY, Q: 90 * DAY, Y: 365 * DAY } as const

/** OpenSLO v1, duration-shorthand: a positive whole number and one of m h d w M Q Y; null when the text is something else. */
export function parseSloDuration(text: string): SloDuration | null {
  const match = /^(\d{1,9})([mhdwMQY])$/.exec(text)
  const count = Number(match?.[1])
  return match && count > 0 ? { count, unit: match[2] as SloDuration['unit'] } : null
}

/** Its length in milliseconds, where no calendar says better. */
export function lengthOf({ count, unit }: SloDuration): number {
  return count * LENGTHS[unit]
}

/** Length of a slice in milliseconds; the specification reads a bare number as minutes. */
export function sliceLength(window: number | string): number | null {
  if (typeof window === 'number') return Number.isInteger(window) && window > 0 ? window * MINUTE : null
  const read = parseSloDuration(window)
  return read ? lengthOf(read) : null
}
