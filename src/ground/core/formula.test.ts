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

test('whatever is written is read or refused within its text, and what is read comes to what JavaScript makes of it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ab0-9+\-*/() .]{0,30}$/), (text) => {
      const parsed = parseFormula(text)
      if (!parsed.ok) {
        expect(parsed.problems[0]!.column).toBeLessThanOrEqual(text.length + 1)
        return
      }
      const value = formulaValue(parsed.value, (name) => (name === 'a' ? 3 : name === 'b' ? 7 : Number.NaN))
      if (/[0-9ab.]{2}|\/|--|\+\+/.test(text.replaceAll(' ', ''))) return // the same text means other things there
      const expected: unknown = new Function('a', 'b', `return ${text}`)(3, 7)
      expect(value).toBeCloseTo(expected as number, 6)
    }),
    { numRuns: 2_000 },
  )
})
