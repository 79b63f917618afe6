import * as z from 'zod'
import { ok, refuse, type Result } from './result.ts'

/** A moment as epoch milliseconds, UTC. Written as RFC 3339 at every boundary. */
export type Instant = number

/** Gives the present moment. Passed in, never reached for, so that every result can be repeated. */
export type Clock = () => Instant

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const WEEK = 7 * DAY

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** Reads an RFC 3339 moment with its offset; a bare date is midnight UTC. Refuses days and hours that do not exist. */
export function parseInstant(text: string): Result<Instant> {
  const moment = RFC3339.exec(text) ?? DATE.exec(text)
  if (!moment)
    return refuse('instant.malformed', `"${text.slice(0, 60)}" is not a moment`, {
      fix: 'Write RFC 3339 with an offset, for example 2026-05-04T09:30:00Z, or a date such as 2026-05-04.',
    })
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = moment
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  const value = Date.parse(DATE.test(text) ? `${text}T00:00:00Z` : text.replace(' ', 'T'))
  const real =
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= daysInMonth &&
    Number(hour) <= 23 &&
    Number(minute) <= 59 &&
    Number(second) <= 59
  if (!real || Number.isNaN(value))
    return refuse('instant.impossible', `"${text}" is not a moment that exists`, { fix: 'Check the month, day, hour and offset.' })
  return ok(value)
}

export function formatInstant(at: Instant): string {
  return new Date(at).toISOString()
}

/** `2026-05-04` in UTC. */
export function formatDay(at: Instant): string {
  return formatInstant(at).slice(0, 10)
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** `31 March 2027` in UTC, for sentences. */
export function dayWords(at: Instant): string {
  const [year, month, day] = formatDay(at).split('-')
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`
}

/** RFC 3339 with offset, or a date, kept as epoch milliseconds. */
export const InstantSchema = z
  .string()
  .max(40)
  .transform((text, context) => {
    const read = parseInstant(text)
    if (read.ok) return read.value
    context.addIssue({ code: 'custom', message: `${read.problems[0]!.message}. ${read.problems[0]!.fix ?? ''}`.trim(), input: text })
    return z.NEVER
  })

/** RFC 3339 with offset, checked and kept as text in UTC. */
export const TimestampSchema = InstantSchema.transform(formatInstant)
