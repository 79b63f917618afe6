import * as z from 'zod'
import { ok, type Problem, refuse, type Result } from './result.ts'

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
const FIRST = Date.parse('0001-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * Reads an RFC 3339 moment with its offset; a bare date is midnight UTC. Refuses days and hours that do not exist, and what lies
 * in UTC outside the years 1 to 9999: not every part of the product could write it.
 */
export function parseInstant(text: string): Result<Instant> {
  const plain = plainInstant(text)
  if (plain !== null) return ok(plain)
  const moment = RFC3339.exec(text) ?? DATE.exec(text)
  if (!moment)
    return refuse('instant.malformed', `"${text.slice(0, 60)}" is not a moment`, {
      fix: 'Write RFC 3339 with an offset, for example 2026-05-04T09:30:00Z, or a date such as 2026-05-04.',
    })
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = moment
  // The calendar repeats after 400 years; Date.UTC takes years before 100 for those of the last century.
  const daysInMonth = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate()
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
  if (value < FIRST || value > LAST)
    return refuse('instant.impossible', `"${text}" is too long ago or too far ahead`, {
      fix: 'A moment lies between the years 1 and 9999, in UTC.',
    })
  return ok(value)
}

const DASH = 45
const POINT = 46
const ZERO = 48
const COLON = 58
const T = 84
const Z = 90

/**
 * The usual way to write a moment, `2026-05-04T09:30:00Z` or with three digits of a second, read without a pattern:
 * every record has several. Null for anything else, also what does not exist, which is read with care.
 */
function plainInstant(text: string): Instant | null {
  const { length } = text
  if (length !== 20 && length !== 24) return null
  const at = (place: number) => text.charCodeAt(place)
  if (at(4) !== DASH || at(7) !== DASH || at(10) !== T || at(13) !== COLON || at(16) !== COLON || at(length - 1) !== Z) return null
  if (length === 24 && at(19) !== POINT) return null
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 7)
  const day = digits(text, 8, 10)
  const hour = digits(text, 11, 13)
  const minute = digits(text, 14, 16)
  const second = digits(text, 17, 19)
  const fraction = length === 24 ? digits(text, 20, 23) : 0
  // Every month has 28 days; NaN is in no range, nor are years before 100, as above.
  const exists = year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour <= 23 && minute <= 59 && second <= 59
  return exists && fraction >= 0 ? Date.UTC(year, month - 1, day, hour, minute, second, fraction) : null
}

/** The number some decimal digits make; NaN where one is none. */
function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let place = from; place < to; place++) {
    const digit = text.charCodeAt(place) - ZERO
    if (digit < 0 || digit > 9) return NaN
    value = value * 10 + digit
  }
  return value
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
    return read.ok ? read.value : refused(read.problems[0]!, text, context)
  })

/** RFC 3339 with offset, checked and kept as text in UTC. */
export const TimestampSchema = z
  .string()
  .max(40)
  .transform((text, context) => {
    if (plainInstant(text) !== null) return text.length === 24 ? text : `${text.slice(0, 19)}.000Z`
    const read = parseInstant(text)
    return read.ok ? formatInstant(read.value) : refused(read.problems[0]!, text, context)
  })

/** As `TimestampSchema`, from what writes the offset without a colon: `2026-05-04T09:30:00.000+0200`. */
export const PlainOffsetTimestampSchema = z
  .string()
  .max(40)
  .transform((text) => text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  .pipe(TimestampSchema)

/** Milliseconds since 1970, kept as text in UTC. */
export const EpochTimestampSchema = z.number().int().min(0).max(253_402_300_799_999).transform(formatInstant)

function refused({ message, fix = '' }: Problem, input: string, context: z.RefinementCtx): never {
  context.addIssue({ code: 'custom', message: `${message}. ${fix}`.trim(), input })
  return z.NEVER
}
