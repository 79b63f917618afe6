import type { Instant } from '../core/index.ts'

/** A value on its way to PostgreSQL: its text form, raw bytes, or null. */
export type Parameter = string | Uint8Array | null

/** Type numbers of PostgreSQL (pg_type.oid) whose values do not stay text. */
const BOOL = 16
const BYTEA = 17
const INT8 = 20
const INT2 = 21
const INT4 = 23
const OID = 26
const JSON_TEXT = 114
const FLOAT4 = 700
const FLOAT8 = 701
const TIMESTAMPTZ = 1184
const NUMERIC = 1700
const JSONB = 3802

/** Array types and the type of their elements; arrays of other types come as text. */
const ELEMENT_OF: Record<number, number> = {
  1000: BOOL,
  1005: INT2,
  1007: INT4,
  1009: 25,
  1015: 25,
  1016: INT8,
  1021: FLOAT4,
  1022: FLOAT8,
  1028: OID,
  1185: TIMESTAMPTZ,
  1231: NUMERIC,
  199: JSON_TEXT,
  3807: JSONB,
  2951: 25,
  1182: 25,
}

type Parse = (text: string) => unknown

const PARSERS: Record<number, Parse> = {
  [BOOL]: (text) => text === 't',
  [BYTEA]: parseBytes,
  [INT8]: Number,
  [INT2]: Number,
  [INT4]: Number,
  [OID]: Number,
  [JSON_TEXT]: (text) => JSON.parse(text),
  [FLOAT4]: Number,
  [FLOAT8]: Number,
  [TIMESTAMPTZ]: parseTimestamp,
  [NUMERIC]: Number,
  [JSONB]: (text) => JSON.parse(text),
}
for (const [array, element] of Object.entries(ELEMENT_OF)) {
  const parse = PARSERS[element]
  PARSERS[Number(array)] = (text) => parseArray(text, parse)
}

const asText: Parse = (text) => text

/** How a value of this type is read from its text form. Days, intervals and everything unlisted stay text. */
export function parserOf(type: number): Parse {
  return PARSERS[type] ?? asText
}

export function isJson(type: number): boolean {
  return type === JSON_TEXT || type === JSONB
}

/**
 * Reads `2026-05-04 09:30:00.123456+00` (the session's zone is always UTC) as epoch milliseconds; `infinity` is Infinity.
 * Microseconds are cut off.
 */
export function parseTimestamp(text: string): Instant {
  if (text.length >= 22 && text.charCodeAt(4) === DASH && text.charCodeAt(10) === SPACE && text.endsWith('+00')) {
    const millisecond = text.length === 22 ? 0 : Number(text.slice(20, -3).padEnd(3, '0').slice(0, 3))
    const at = Date.UTC(
      digits(text, 0, 4),
      digits(text, 5, 7) - 1,
      digits(text, 8, 10),
      digits(text, 11, 13),
      digits(text, 14, 16),
      digits(text, 17, 19),
      millisecond,
    )
    return text.charCodeAt(0) === ZERO && text.charCodeAt(1) === ZERO ? new Date(at).setUTCFullYear(digits(text, 0, 4)) : at
  }
  if (text === 'infinity') return Infinity
  if (text === '-infinity') return -Infinity
  return parseDistantTimestamp(text)
}

const DASH = 45
const SPACE = 32
const ZERO = 48

function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) value = value * 10 + text.charCodeAt(i) - ZERO
  return value
}

/** Years above 9999 and before our era, and offsets other than UTC. */
function parseDistantTimestamp(text: string): Instant {
  const match = /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?( BC)?$/.exec(text)
  if (!match) throw new Error(`PostgreSQL wrote a moment this store cannot read: ${text}`)
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHours, offsetMinutes = '0', offsetSeconds = '0', bc] = match
  const date = new Date(0)
  date.setUTCFullYear(bc ? 1 - Number(year) : Number(year), Number(month) - 1, Number(day))
  date.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, '0').slice(0, 3)))
  const offset = Number(offsetHours) * 3600 + Number(offsetMinutes) * 60 + Number(offsetSeconds)
  return date.getTime() - (sign === '-' ? -offset : offset) * 1000
}

function parseBytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.slice(2), 'hex'))
}

/** Reads the text form of an array, `{1,NULL,"a \"b\""}`; nested arrays nest. PostgreSQL docs, "Array Input and Output Syntax". */
export function parseArray(text: string, parse: Parse = asText): unknown[] {
  let at = text.indexOf('{')
  const read = (): unknown[] => {
    const items: unknown[] = []
    at += 1
    while (text[at] !== '}') {
      if (at >= text.length) throw new Error('PostgreSQL wrote an array without its end')
      if (text[at] === ',') at += 1
      else if (text[at] === '{') items.push(read())
      else if (text[at] === '"') items.push(parse(readQuoted()))
      else {
        let end = at
        while (text[end] !== ',' && text[end] !== '}') end += 1
        const item = text.slice(at, end)
        at = end
        items.push(item === 'NULL' ? null : parse(item))
      }
    }
    at += 1
    return items
  }
  const readQuoted = (): string => {
    let value = ''
    at += 1
    for (;;) {
      let end = at
      while (text[end] !== '"' && text[end] !== '\\') end += 1
      value += text.slice(at, end)
      if (text[end] === '"') {
        at = end + 1
        return value
      }
      value += text[end + 1]
      at = end + 2
    }
  }
  return read()
}

/**
 * Writes a parameter in the form PostgreSQL reads whatever the type it meets: numbers, booleans and text as they are,
 * dates as RFC 3339, bytes as bytes, lists as PostgreSQL arrays, other objects as JSON. A list meant as JSON is passed
 * as JSON text; a moment in epoch milliseconds through `instant`.
 */
export function toParameter(value: unknown): Parameter {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (value instanceof Uint8Array) return value
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return toArrayText(value)
  return JSON.stringify(value)
}

function toArrayText(items: readonly unknown[]): string {
  return `{${items
    .map((item) => {
      if (Array.isArray(item)) return toArrayText(item)
      const value = toParameter(item)
      if (value === null) return 'NULL'
      const text = typeof value === 'string' ? value : `\\x${Buffer.from(value).toString('hex')}`
      return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
    })
    .join(',')}}`
}
