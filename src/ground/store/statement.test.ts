import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantText } from './statement.ts'

test('moments are written as ISO 8601 writes them, before 1970 and between milliseconds too', () => {
  const [first, last] = [Date.UTC(1, 0, 1), Date.UTC(9999, 11, 31, 23, 59, 59, 999)]
  const moments = fc.oneof(fc.integer({ min: first, max: last }), fc.double({ min: first, max: last, noNaN: true }))
  fc.assert(
    fc.property(fc.array(moments), (several) => {
      for (const at of several) expect(instantText(at)).toBe(new Date(at).toISOString())
    }),
  )
})
