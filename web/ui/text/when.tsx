const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const DAY_NO_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' })
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const SECOND = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })
const UTC_DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const UTC_DAY_NO_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** A moment in the reader's zone, exact on hover. A bare date (`2026-05-04`) stays that date everywhere. */
export function When({ at, clock = false }: { at: string | number; clock?: boolean }) {
  const moment = new Date(at)
  if (Number.isNaN(moment.getTime())) return <span>{String(at)}</span>
  return (
    <time dateTime={moment.toISOString()} title={EXACT.format(moment)}>
      {formatMoment(at)}
      {clock && `, ${CLOCK.format(moment)}`}
    </time>
  )
}

const DAY_MS = 86_400_000

/** How long ago: "today", "3 days ago", "5 months ago"; the day on hover. `now` is the moment the answer holds for. */
export function Ago({ at, now }: { at: string; now: string }) {
  const moment = new Date(at)
  return (
    <time dateTime={moment.toISOString()} title={EXACT.format(moment)}>
      {formatAge((Date.parse(now) - moment.getTime()) / DAY_MS)}
    </time>
  )
}

/** @param days between then and now */
export function formatAge(days: number): string {
  if (days < 1) return 'today'
  if (days < 2) return 'yesterday'
  if (days < 60) return `${Math.floor(days)} days ago`
  if (days < 730) return `${Math.floor(days / 30.44)} months ago`
  return `${Math.floor(days / 365.25)} years ago`
}

/** "4 May 2026"; the year is left out while it is the present one. */
export function formatMoment(at: string | number): string {
  if (typeof at === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(at)) return UTC_DAY.format(new Date(at))
  const moment = new Date(at)
  return (moment.getFullYear() === new Date().getFullYear() ? DAY_NO_YEAR : DAY).format(moment)
}

/** "10:31:04", with its day where that is not today. */
export function formatSecond(at: number): string {
  const moment = new Date(at)
  const second = SECOND.format(moment)
  return moment.toDateString() === new Date().toDateString() ? second : `${formatMoment(at)}, ${second}`
}

/** A window's days in words, its end the last day inside: "3 Apr to 30 Apr 2026". A day and its month never part. */
export function formatDays(window: { from: string; to: string }): string {
  const [first, last] = [new Date(window.from), new Date(Date.parse(window.to) - 1)]
  const start = first.getUTCFullYear() === last.getUTCFullYear() ? UTC_DAY_NO_YEAR : UTC_DAY
  return `${start.format(first).replaceAll(' ', '\u00a0')} to ${UTC_DAY.format(last).replaceAll(' ', '\u00a0')}`
}
