import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Formula, formulaNames, formulaValue, parseFormula } from './formula.ts'

const read = (text: string): Formula => {
  const parsed = parseFormula(text)
  if (!parsed.ok) throw new Error(parsed.problems[0]!.message)
  return parsed.value
}
const worth = (text: string, values: Record<string, number> = {}) => formulaValue(read(text), (name) => values[name] ?? Number.NaN)
const told = (text: string) => {
  const parsed = parseFormula(text)
  return parsed.ok ? 'read' : parsed.problems[0]!.message
}

test('products go before sums, the left before the right, parentheses before all', () => {
  expect(worth('2 + 3 * 4')).toBe(14)
  expect(worth('(2 + 3) * 4')).toBe(20)
  expect(worth('8 - 3 - 2')).toBe(3)
  expect(worth('8 / 4 / 2')).toBe(1)
  expect(worth('-(orders - returns) / visits', { orders: 9, returns: 1, visits: 4 })).toBe(-2)
  expect(formulaNames(read('(orders - returns) / orders'))).toEqual(['orders', 'returns'])
})

test('what divides by zero is unknown, also deep inside', () => {
  expect(worth('1 / (a - a)', { a: 3 })).toBeNull()
  expect(worth('1 / (1 / (a - a))', { a: 3 })).toBeNull()
  expect(worth('0 * (1 / z)', { z: 0 })).toBeNull()
})

test('what cannot be read names its column and what stands there', () => {
  expect(told('orders / ')).toBe('column 9: the end where a name or number should stand')
  expect(told('(orders - returns')).toBe('column 18: the end where the parenthesis of column 1 should close')
  expect(told('orders visits')).toBe('column 8: "visits" where + - * / or the end should stand')
  expect(told('orders ^ 2')).toBe('column 8: "^" means nothing here')
  expect(told('2orders')).toBe('column 2: "orders" where + - * / or the end should stand')
  expect(told('')).toBe('column 1: the end where a name or number should stand')
  expect(told(`${'('.repeat(100)}a${')'.repeat(100)}`)).toBe('column 52: nested deeper than 50 levels')
})

test('whatever is written is read, or refused at a place in it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40, unit: fc.constantFrom(...'ab19. +-*/()'.split('')) }), (text) => {
      const parsed = parseFormula(text)
      if (!parsed.ok) expect(parsed.problems[0]!.column).toBeLessThanOrEqual(text.length + 1)
    }),
  )
})

test('any formula comes to what its parts come to, however it is spaced', () => {
  const { formula } = fc.letrec<{ formula: { text: string; value: number } }>((tie) => ({
    formula: fc.oneof(
      { depthSize: 'small' },
      fc.integer({ min: 0, max: 99 }).map((value) => ({ text: String(value), value })),
      fc.constantFrom({ text: 'a', value: 3 }, { text: 'b', value: 7 }),
      tie('formula').map(({ text, value }) => ({ text: `-(${text})`, value: -value })),
      fc
        .tuple(tie('formula'), fc.constantFrom('+', '-', '*'), tie('formula'), fc.constantFrom('', ' ', '  '))
        .map(([left, sign, right, space]) => ({
          text: `(${left.text}${space}${sign}${space}${right.text})`,
          value: sign === '+' ? left.value + right.value : sign === '-' ? left.value - right.value : left.value * right.value,
        })),
    ),
  }))
  fc.assert(
    fc.property(formula, ({ text, value }) => {
      expect(worth(text, { a: 3, b: 7 })).toBeCloseTo(value)
    }),
  )
})
