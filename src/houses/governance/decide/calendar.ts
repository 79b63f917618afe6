import type { Instant } from '../../../ground/core/index.ts'
import type { FreezeSpan } from '../intent/index.ts'

/** Wall time of a moment in a zone. */
export interface WallClock {
  /** `2026-12-20T18:00` */
  text: string
  weekday: 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'
  /** `18:00` */
  time: string
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
const formats = new Map<string, Intl.DateTimeFormat>()

/** What the clock on the wall shows in a zone; an hour that a change of clocks repeats has one wall time. */
export function wallClock(at: Instant, zone: string): WallClock {
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
    })
    formats.set(zone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const date = `${parts.year}-${parts.month}-${parts.day}`
  const time = `${parts.hour}:${parts.minute}`
  return { text: `${date}T${time}`, weekday: DAYS[new Date(`${date}T00:00:00Z`).getUTCDay()]!, time }
}

/** Whether a span of a freeze holds at a wall time. */
export function isIn(span: FreezeSpan, wall: WallClock): boolean {
  if ('days' in span) return span.days.includes(wall.weekday) && wall.time >= span.after && wall.time < span.before
  return wall.text >= span.from && wall.text < span.to
}

/** When a span that holds ends, in words. */
export function endWords(span: FreezeSpan, wall: WallClock, zone: string): string {
  if (!('days' in span)) return `after ${span.to.replace('T', ' ')} (${zone})`
  return span.before === '24:00' ? `after midnight (${zone})` : `after ${wall.text.slice(0, 10)} ${span.before} (${zone})`
}
