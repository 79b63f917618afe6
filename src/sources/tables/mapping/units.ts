import { formatDecimal, parseDecimal } from '../../../ground/core/index.ts'

/** What one of a unit is in the unit it is kept in: seconds for spans, a ratio for shares. */
export const UNITS = {
  milliseconds: 0.001,
  seconds: 1,
  minutes: 60,
  hours: 3_600,
  days: 86_400,
  weeks: 604_800,
  percent: 0.01,
  /** Hours, minutes and seconds as on a clock: 1:30:00, or 90:00 for minutes and seconds. */
  clock: 1,
} as const
export type UnitName = keyof typeof UNITS

/** How a number is written. */
export interface NumberFormat {
  decimal?: '.' | ',' | undefined
  thousands?: '.' | ',' | ' ' | "'" | undefined
  unit?: UnitName | undefined
}

/** Signs of currencies and shares that may stand around a number. */
const AROUND = /^(?:[A-Z]{3}|[€$£¥₹₽₩])?\s*|\s*(?:[A-Z]{3}|[€$£¥₹₽₩%])?$/gu

/** A number as people write it; null when it is none. */
export function readNumber(text: string, { decimal, thousands, unit }: NumberFormat = {}): number | null {
  if (unit === 'clock') return readClock(text)
  const plain = plainNumber(text, { decimal, thousands })
  if (plain === null) return null
  const value = Number(plain) * (unit ? UNITS[unit] : 1)
  // Two decimals beyond what a double adds in multiplying: 12.3 % is 0.123.
  return Number.isFinite(value) ? (unit ? Number(value.toPrecision(15)) : value) : null
}

/** An amount of money as people write it, as exact decimal text; null when it is none. */
export function readAmount(text: string, format: NumberFormat = {}): string | null {
  const plain = plainNumber(text, format)
  const read = plain === null ? null : parseDecimal(plain)
  return read && formatDecimal(read)
}

/** The number with a decimal point and nothing around it. */
function plainNumber(text: string, { decimal = '.', thousands }: NumberFormat): string | null {
  let plain = text.trim().replace('\u2212', '-').replace(AROUND, '')
  if (thousands) {
    const mark = thousands === ' ' ? '[ \u00a0\u202f]' : `\\${thousands}`
    if (!new RegExp(`^[-+]?(?:\\d{1,3}(?:${mark}\\d{3})+|\\d+)(?:\\${decimal}\\d*)?$`).test(plain)) return null
    plain = plain.replace(new RegExp(mark, 'g'), '')
  }
  if (decimal === ',') plain = plain.includes('.') ? 'no' : plain.replace(',', '.')
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(plain) ? plain : null
}

function readClock(text: string): number | null {
  const match = /^(-?)(?:(\d{1,6}):)?(\d{1,6}):(\d{2})(\.\d+)?$/.exec(text.trim())
  if (!match) return null
  const [, sign, hours = '0', minutes, seconds, fraction = ''] = match
  if (Number(seconds) > 59 || (match[2] !== undefined && Number(minutes) > 59)) return null
  const value = Number(hours) * 3_600 + Number(minutes) * 60 + Number(`${seconds}${fraction}`)
  return sign ? -value : value
}
