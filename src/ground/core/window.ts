import { DAY, formatInstant, HOUR, type Instant, MINUTE, SECOND } from './instant.ts'

/** A half-open span of time, [from, to). */
export interface Window {
  from: Instant
  to: Instant
}

export function lastDays(to: Instant, days: number): Window {
  return { from: to - days * DAY, to }
}

/** The window of the same length right before this one. */
export function previousWindow(window: Window): Window {
  return { from: window.from - (window.to - window.from), to: window.from }
}

export function windowDays(window: Window): number {
  return (window.to - window.from) / DAY
}

export function inWindow(window: Window, at: Instant): boolean {
  return at >= window.from && at < window.to
}

export function formatWindow(window: Window): { from: string; to: string } {
  return { from: formatInstant(window.from), to: formatInstant(window.to) }
}

export type Bucket = 'day' | 'week' | 'month'

/**
 * Cuts a window at day, week (Monday) or month borders of a time zone. The first and last piece may be shorter.
 * @param zone IANA time zone; days that change the clock keep their real length
 */
export function bucketsOf(window: Window, bucket: Bucket, zone = 'UTC'): Window[] {
  const pieces: Window[] = []
  let from = window.from
  while (from < window.to) {
    const to = Math.min(nextBorder(from, bucket, zone), window.to)
    pieces.push({ from, to })
    from = to
  }
  return pieces
}

function nextBorder(at: Instant, bucket: Bucket, zone: string): Instant {
  const local = localDate(at, zone)
  if (bucket === 'day') local.day += 1
  else if (bucket === 'week') local.day += 7 - ((new Date(utcOf(local)).getUTCDay() + 6) % 7)
  else {
    local.month += 1
    local.day = 1
  }
  return midnight(local, zone)
}

interface LocalDate {
  year: number
  month: number
  day: number
}

const formats = new Map<string, Intl.DateTimeFormat>()
function formatIn(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(zone, format)
  }
  return format
}

function partsIn(at: Instant, zone: string): Record<string, number> {
  return Object.fromEntries(
    formatIn(zone)
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  )
}

function localDate(at: Instant, zone: string): LocalDate {
  if (zone === 'UTC') {
    const date = new Date(at)
    return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() }
  }
  const parts = partsIn(at, zone)
  return { year: parts.year!, month: parts.month! - 1, day: parts.day! }
}

/** The moment a day begins in UTC. `Date.UTC` takes years before 100 for those of the last century. */
function utcOf({ year, month, day }: LocalDate): Instant {
  return new Date(0).setUTCFullYear(year, month, day)
}

/** The moment a local day begins. Days that skip midnight begin at their first real moment. */
function midnight(date: LocalDate, zone: string): Instant {
  const asUtc = utcOf(date)
  if (zone === 'UTC') return asUtc
  const offsetAt = (at: Instant) => {
    const parts = partsIn(at, zone)
    const day = utcOf({ year: parts.year!, month: parts.month! - 1, day: parts.day! })
    return day + parts.hour! * HOUR + parts.minute! * MINUTE + parts.second! * SECOND - at
  }
  const first = asUtc - offsetAt(asUtc)
  return asUtc - offsetAt(first)
}
