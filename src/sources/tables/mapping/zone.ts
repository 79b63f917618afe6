import { DAY, type Instant, MINUTE } from '../../../ground/core/index.ts'

const formats = new Map<string, Intl.DateTimeFormat>()
/** Offsets by zone and quarter of an hour: zones change on quarters, and a file asks for the same ones again and again. */
const offsets = new Map<string, number>()
const QUARTER = 15 * MINUTE
const MOST_KEPT = 200_000

export function isZone(zone: string): boolean {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

/** The moment a clock on a wall in a zone shows a time, and what is to be said of it. */
export interface WallTime {
  at: Instant
  /** `gap`: the clock never showed it, it was moved on; `overlap`: it showed it twice, this is the first time. */
  shift: 'gap' | 'overlap' | null
}

/**
 * The moment of a time without offset, by the clock of a zone. A time the clock skips is taken as much later as was skipped, one
 * it shows twice as the first (both as in RFC 5545 and Temporal's "compatible"); which it was is told.
 * @param wall the time as if it were UTC
 */
export function momentOf(wall: number, zone: string): WallTime {
  if (zone === 'UTC') return { at: wall, shift: null }
  const before = offsetAt(zone, wall - DAY)
  const after = offsetAt(zone, wall + DAY)
  if (before === after) return { at: wall - before, shift: null }
  const fits = [before, after].map((offset) => wall - offset).filter((at) => wall - at === offsetAt(zone, at))
  if (fits.length === 2) return { at: Math.min(...fits), shift: 'overlap' }
  return fits.length === 1 ? { at: fits[0]!, shift: null } : { at: wall - before, shift: 'gap' }
}

/** Milliseconds a zone's clocks are ahead of UTC at a moment. */
function offsetAt(zone: string, at: Instant): number {
  const quarter = Math.floor(at / QUARTER)
  const key = `${zone} ${quarter}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  if (offsets.size >= MOST_KEPT) offsets.clear()
  const start = quarter * QUARTER
  const part: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(start)) part[type] = Number(value)
  const shown = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!)
  offsets.set(key, shown - start)
  return shown - start
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US-u-ca-gregory', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, format)
  }
  return format
}
