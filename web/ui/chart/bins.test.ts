import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { binsOf } from './bins.ts'

test('lead times are counted in the ranges people think in', () => {
  const plain = binsOf([600, 3_600, 90_000, 100_000], 's').map((bin) => ({ ...bin, label: bin.label.replaceAll('\u00a0', ' ') }))
  expect(plain).toEqual([
    { label: 'under 15 min', count: 1 },
    { label: '15 min to 1 h', count: 0 },
    { label: '1 h to 4 h', count: 1 },
    { label: '4 h to 12 h', count: 0 },
    { label: '12 h to 1 d', count: 0 },
    { label: '1 d to 2 d', count: 2 },
  ])
})

test('every record is counted in exactly one range', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1 }),
      fc.constantFrom('s', 'lines', 'count'),
      (values, unit) => {
        expect(binsOf(values, unit).reduce((sum, bin) => sum + bin.count, 0)).toBe(values.length)
      },
    ),
  )
})
