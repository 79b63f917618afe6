import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDecimals,
  decimalNumber,
  DecimalSum,
  formatDecimal,
  parseDecimal,
  parseSmallDecimal,
  splitDecimal,
  ZERO_DECIMAL,
} from './index.ts'

const written = (text: string) => {
  const read = parseDecimal(text)
  return read && formatDecimal(read)
}

test('an amount has one way to be written, whatever way it came', () => {
  expect(['1.50', '+0012', '.5', '-0.0', '3.5E-7', '1e3', '12.', '100'].map(written)).toEqual([
    '1.5',
    '12',
    '0.5',
    '0',
    '0.00000035',
    '1000',
    '12',
    '100',
  ])
  expect(['', '.', 'e5', '1,5', '0x10', 'NaN', 'Infinity', '1e31', '1e-31', '1'.repeat(31), '--1', '1 2'].map(written)).toEqual(
    Array(12).fill(null),
  )
})

test('a tenth added three hundred thousand times is thirty thousand, to the last digit', () => {
  const tenth = parseDecimal('0.1')!
  let sum = ZERO_DECIMAL
  for (let n = 0; n < 300_000; n++) sum = addDecimals(sum, tenth)
  expect(formatDecimal(sum)).toBe('30000')
  expect(formatDecimal(addDecimals(parseDecimal('1e-30')!, parseDecimal('123456789012345678901234567890')!))).toBe(
    '123456789012345678901234567890.000000000000000000000000000001',
  )
})

const amounts = fc.record({ units: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), scale: fc.integer({ min: 0, max: 12 }) })

test('sums do not depend on order, and what is written reads as what it was', () => {
  fc.assert(
    fc.property(amounts, amounts, amounts, (a, b, c) => {
      const left = addDecimals(addDecimals(a, b), c)
      expect(formatDecimal(left)).toBe(formatDecimal(addDecimals(a, addDecimals(c, b))))
      expect(written(formatDecimal(left))).toBe(formatDecimal(left))
    }),
  )
})

test('parts add up to the whole, each within a millionth of its share; without a weight there are none', () => {
  fc.assert(
    fc.property(amounts, fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 20 }), (amount, weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0n)
      const parts = splitDecimal(amount, weights)
      if (total === 0n) {
        expect(parts).toBeNull()
        return
      }
      expect(formatDecimal(parts!.reduce(addDecimals, ZERO_DECIMAL))).toBe(formatDecimal(amount))
      for (const [place, part] of parts!.entries()) {
        const fair = (decimalNumber(amount) * Number(weights[place]!)) / Number(total)
        expect(Math.abs(decimalNumber(part) - fair)).toBeLessThan(1.1e-6 + Math.abs(fair) * 1e-12)
      }
    }),
  )
})

test('a sum of many is what adding them one by one comes to, also where a double would not hold it', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 16 })
  const amount = fc
    .tuple(fc.constantFrom('', '-'), digits, fc.option(digits))
    .map(([sign, whole, part]) => sign + whole + (part ? `.${part}` : ''))
  fc.assert(
    fc.property(
      fc.array(fc.oneof(amount, fc.constantFrom('0.1', '-0.1', '9007199254740991', '0.00000000000001', '-0', '7e-30')), { maxLength: 12 }),
      (texts) => {
        const sum = new DecimalSum()
        for (const text of texts) sum.add(parseSmallDecimal(text) ?? parseDecimal(text)!)
        expect(formatDecimal(sum.total)).toBe(formatDecimal(texts.map((text) => parseDecimal(text)!).reduce(addDecimals, ZERO_DECIMAL)))
        for (const text of texts) {
          const exact = BigInt(text.includes('e') ? 0 : text.replace('.', ''))
          const small = parseSmallDecimal(text)
          if (small) expect(BigInt(small.units) * 10n ** BigInt((text.split('.')[1] ?? '').length - small.scale)).toBe(exact)
        }
      },
    ),
    { numRuns: 1_000 },
  )
})
