/** An exact decimal number, `units` × 10^-`scale`: what money is added up in, since a double drifts. */
export interface Decimal {
  units: bigint
  scale: number
}

export const ZERO_DECIMAL: Decimal = { units: 0n, scale: 0 }

/** A decimal number whose units a double holds exactly: most amounts are. */
export interface SmallDecimal {
  units: number
  scale: number
}

/** Digits before and after the point at most: more is no amount of money. */
const MOST_DIGITS = 30
const DECIMAL = /^([+-]?)(\d{0,400})(?:\.(\d{0,400}))?(?:e([+-]?\d{1,3}))?$/i

/** Reads `-12.50`, `.5` or `3.5E-7`; null for anything else, and for more than 30 digits on either side of the point. */
export function parseDecimal(text: string): Decimal | null {
  const small = parseSmallDecimal(text)
  if (small) return { units: BigInt(small.units), scale: small.scale }
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
/** Digits of a small decimal at most, and what they can be moved by. */
const POWERS = Array.from({ length: 16 }, (_, power) => 10 ** power)

/**
 * The usual amount, at most fifteen characters and no exponent, read without a pattern: a bill has two in every line. Null for
 * all others, which `parseDecimal` may still read.
 */
export function parseSmallDecimal(text: string): SmallDecimal | null {
  const { length } = text
  if (length === 0 || length > 15) return null
  // Zeros behind the point count once another digit follows.
  let [units, scale, digits, zeros] = [0, -1, 0, 0]
  const isNegative = text.charCodeAt(0) === MINUS
  for (let place = isNegative ? 1 : 0; place < length; place++) {
    const code = text.charCodeAt(place)
    if (code === POINT && scale < 0) scale = 0
    else if (code < ZERO || code > NINE) return null
    else {
      digits += 1
      if (scale < 0) units = units * 10 + code - ZERO
      else if (code === ZERO) zeros += 1
      else {
        units = units * POWERS[zeros + 1]! + code - ZERO
        scale += zeros + 1
        zeros = 0
      }
    }
  }
  return digits === 0 ? null : { units: isNegative && units !== 0 ? -units : units, scale: Math.max(0, scale) }
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.scale === b.scale) return { units: a.units + b.units, scale: a.scale }
  const scale = Math.max(a.scale, b.scale)
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale }
}

/** An exact sum that many are added to: kept as a double while that holds it, since a bigint is made anew by every addition. */
export class DecimalSum {
  #large = ZERO_DECIMAL
  #units = 0
  #scale = 0

  add({ units, scale }: Decimal | SmallDecimal): void {
    if (typeof units === 'bigint') this.#large = addDecimals(this.#large, { units, scale })
    else if (!this.#addSmall(units, scale)) {
      this.#large = addDecimals(this.total, { units: BigInt(units), scale })
      this.#units = 0
      this.#scale = 0
    }
  }

  get total(): Decimal {
    return addDecimals(this.#large, { units: BigInt(this.#units), scale: this.#scale })
  }

  /** False where a double would not hold the sum. */
  #addSmall(units: number, scale: number): boolean {
    const more = scale - this.#scale
    const own = more > 0 ? this.#units * (POWERS[more] ?? Infinity) : this.#units
    const added = more < 0 ? units * (POWERS[-more] ?? Infinity) : units
    if (!(isHeld(own) && isHeld(added) && isHeld(own + added))) return false
    this.#units = own + added
    if (more > 0) this.#scale = scale
    return true
  }
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

function isHeld(units: number): boolean {
  return units <= Number.MAX_SAFE_INTEGER && units >= -Number.MAX_SAFE_INTEGER
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
