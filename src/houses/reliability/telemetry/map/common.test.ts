import { expect, test } from 'vitest'
import { commonTo } from './common.ts'

const calls = (...pairs: string[]) => pairs.map((pair) => ({ caller: pair[0]!, callee: pair[1]! }))

test('of services that burn at once, the deepest of them that most depend on is where to look first', () => {
  // a, b and c call m; m calls d, which calls the data base e; f has nothing to do with it.
  const edges = calls('am', 'bm', 'cm', 'md', 'de', 'gf')
  expect(commonTo(new Set(['a', 'b', 'c', 'm', 'd']), edges)).toEqual({ ref: 'd', covers: 5 })
  expect(commonTo(new Set(['a', 'b', 'c', 'f']), edges)).toEqual({ ref: 'm', covers: 3 })
  expect(commonTo(new Set(['a', 'f', 'g']), edges)).toBeNull()
  expect(commonTo(new Set(['a', 'b']), edges)).toBeNull()
})
