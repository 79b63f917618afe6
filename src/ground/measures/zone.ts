import { bucketsOf, DAY, type Instant, parseInstant, Refusal } from '../core/index.ts'

/**
 * Reads a moment as a person in a time zone writes it: a bare date is midnight there; anything longer carries its offset.
 * @param path the input it came from, for the refusal
 */
export function instantIn(zone: string, text: string, path: string): Instant {
  const read = parseInstant(text)
  if (!read.ok) throw new Refusal(read.problems[0]!.code, `${read.problems[0]!.message}.`, { fix: read.problems[0]!.fix, path })
  if (zone === 'UTC' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return read.value
  // Midnight anywhere lies within a day of midnight UTC; of the days that begin thereabouts, the one with this date.
  const days = bucketsOf({ from: read.value - 2 * DAY, to: read.value + 2 * DAY }, 'day', zone)
  return days.find(({ from, to }) => dateIn(zone, from + (to - from) / 2) === text)?.from ?? read.value
}

function dateIn(zone: string, at: Instant): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
}
