import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resolverOf } from './abbreviations.ts'
import { History } from './history.ts'
import { ShaTable } from './sha-table.ts'

const sha = fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 40, maxLength: 40 }).map((digits) => digits.join(''))

test('every name keeps the number it was first given, however many there are', () => {
  fc.assert(
    fc.property(fc.array(sha, { maxLength: 3_000 }), fc.boolean(), (names, alike) => {
      const table = new ShaTable(40)
      const all = alike ? names.map((name) => `0000000000${name.slice(10)}`) : names // one slot for all: the worst case
      const numbers = new Map(all.map((name) => [name, table.intern(name)]))
      expect(table.size).toBe(numbers.size)
      for (const [name, number] of numbers)
        expect([table.find(name), table.name(number), table.intern(name)]).toEqual([number, name, number])
      expect(table.find('f'.repeat(39))).toBe(-1)
    }),
    { numRuns: 20 },
  )
})

test('a parent that was never read has a number, and is not reachable', () => {
  const history = new History(40)
  const [a, b, c] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string]
  const child = history.add(a, [b])
  expect([history.find(a), history.find(b), history.wasRead(history.parent(child, 0)), history.firstParent(child)]).toEqual([
    child,
    -1,
    false,
    -1,
  ])
  const parent = history.add(b, [c], true)
  expect([history.isRoot(parent), history.isCut(parent), history.firstParent(child)]).toEqual([false, true, parent])
})

test('a shortened name finds its commit, unless several begin so', () => {
  const history = new History(40)
  const names = [`abc${'0'.repeat(37)}`, `abd${'0'.repeat(37)}`, `abd1${'0'.repeat(36)}`]
  for (const name of names) history.add(name, [])
  const resolve = resolverOf(history)
  expect(['abc0000', 'abd0000', 'abd', 'fffffff', '#12', names[2]!].map(resolve)).toEqual([
    names[0],
    names[1],
    'abd',
    'fffffff',
    '#12',
    names[2],
  ])
})
