const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const DAY_NO_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' })
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
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

/** "4 May 2026"; the year is left out while it is the present one. */
export function formatMoment(at: string | number): string {
  if (typeof at === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(at)) return UTC_DAY.format(new Date(at))
  const moment = new Date(at)
  return (moment.getFullYear() === new Date().getFullYear() ? DAY_NO_YEAR : DAY).format(moment)
}

/** A window's days in words, its end the last day inside: "3 Apr to 30 Apr 2026". A day and its month never part. */
export function formatDays(window: { from: string; to: string }): string {
  const [first, last] = [new Date(window.from), new Date(Date.parse(window.to) - 1)]
  const start = first.getUTCFullYear() === last.getUTCFullYear() ? UTC_DAY_NO_YEAR : UTC_DAY
  return `${start.format(first).replaceAll(' ', '\u00a0')} to ${UTC_DAY.format(last).replaceAll(' ', '\u00a0')}`
}
