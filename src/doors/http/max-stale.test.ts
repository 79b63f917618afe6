import { expect, test } from 'vitest'
import { maxStaleOf } from './max-stale.ts'

test.each([
  ['max-stale=60', 60_000],
  ['no-transform, Max-Stale = "5"', 5_000],
  ['max-stale', Infinity],
  ['max-stale=0', 0],
  ['max-stale=-5', 0],
  ['max-stale=1.5', 0],
  ['max-stale=soon', 0],
  ['max-age=60', 0],
  ['not-max-stale=60', 0],
  [undefined, 0],
])('%s takes an answer that is %d ms old', (header, ms) => {
  expect(maxStaleOf(header)).toBe(ms)
})
