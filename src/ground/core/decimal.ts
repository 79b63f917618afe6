/** An exact decimal number, `units` × 10^-`scale`: what money is added up in, since a double drifts. */
export interface Decimal {
  units: bigint
  scale: number
}

export const ZERO_DECIMAL: Decimal = { units: 0n, scale: 0 }

/** Digits before and after the point at most: more is no amount of money. */
const MOST_DIGITS = 30
const DECIMAL = /^([+-]?)(\d{0,400})(?:\.(\d{0,400}))?(?:e([+-]?\d{1,3}))?$/i

/** Reads `-12.50`, `.5` or `3.5E-7`; null for anything else, and for more than 30 digits on either side of the point. */
export function parseDecimal(text: string): Decimal | null {
  const plain = plainDecimal(text)
  if (plain) return plain
  const match = DECIMAL.exec(text)
  if (!match) return null
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return null
  const scale = fraction.length - Number(exponent)
  const digits = BigInt(whole + fraction)
  const exact = trimmed({ units: sign === '-' ? -digits : digits, scale: Math.max(0, scale) })
  const read = scale < 0 ? { ...exact, units: exact.units * 10n ** BigInt(-scale) } : exact
  return read.scale > MOST_DIGITS || String(read.units).replace('-', '').length - read.scale > MOST_DIGITS ? null : read
}

const [ZERO, NINE, POINT, MINUS] = [48, 57, 46, 45]

/** The usual amount, at most fifteen digits and no exponent, read without a pattern: a bill has two in every line. */
function plainDecimal(text: string): Decimal | null {
  const { length } = text
  if (length === 0 || length > 15) return null
  let [units, scale, digits] = [0, -1, 0]
  const isNegative = text.charCodeAt(0) === MINUS
  for (let place = isNegative ? 1 : 0; place < length; place++) {
    const code = text.charCodeAt(place)
    if (code >= ZERO && code <= NINE) {
      units = units * 10 + code - ZERO
      digits += 1
      if (scale >= 0) scale += 1
    } else if (code === POINT && scale < 0) scale = 0
    else return null
  }
  if (digits === 0) return null
  while (scale > 0 && units % 10 === 0) {
    units /= 10
    scale -= 1
  }
  return { units: BigInt(isNegative ? -units : units), scale: units === 0 ? 0 : Math.max(0, scale) }
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.scale === b.scale) return { units: a.units + b.units, scale: a.scale }
  const scale = Math.max(a.scale, b.scale)
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale }
}

/**
 * Divides an amount by weights so that the parts add up to it exactly: cut at a millionth (or the amount's own digits), what
 * is left over goes to the largest remainders. Without any weight nobody gets anything and null is the answer.
 */
export function splitDecimal(amount: Decimal, weights: readonly bigint[]): Decimal[] | null {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  if (total <= 0n || weights.some((weight) => weight < 0n)) return null
  const scale = Math.max(6, amount.scale)
  const units = unitsAt(amount, scale)
  const size = units < 0n ? -units : units
  const parts = weights.map((weight, place) => ({ place, units: (size * weight) / total, rest: (size * weight) % total }))
  let left = size - parts.reduce((sum, part) => sum + part.units, 0n)
  for (const part of parts.toSorted((a, b) => (a.rest < b.rest ? 1 : a.rest > b.rest ? -1 : a.place - b.place))) {
    if (left <= 0n) break
    part.units += 1n
    left -= 1n
  }
  return parts.map((part) => ({ units: units < 0n ? -part.units : part.units, scale }))
}

/** The one way to write it: no exponent, no zeros at the end, `0` and never `-0`. */
export function formatDecimal(decimal: Decimal): string {
  const { units, scale } = trimmed(decimal)
  if (scale === 0) return String(units)
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** The nearest number, for showing and for shares; never for adding up. */
export function decimalNumber(decimal: Decimal): number {
  return Number(formatDecimal(decimal))
}

function unitsAt({ units, scale }: Decimal, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale)
}

function trimmed({ units, scale }: Decimal): Decimal {
  let [left, places] = [units, scale]
  if (left === 0n) return ZERO_DECIMAL
  while (places > 0 && left % 10n === 0n) {
    left /= 10n
    places -= 1
  }
  return { units: left, scale: places }
}
