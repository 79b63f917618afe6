import { expect, test } from 'vitest'
import { parseSearch, standpointOf, writeSearch } from './search.ts'

test('an address keeps only what differs from the default, and stays readable', () => {
  expect(writeSearch({ scope: 'example', asOf: undefined, record: 'commit:git/abc', find: '' })).toBe(
    '?scope=example&record=commit:git/abc',
  )
  expect(parseSearch('?scope=example&record=commit:git/abc')).toEqual({ scope: 'example', record: 'commit:git/abc' })
})

test('a scope or moment that cannot exist is dropped instead of sent to the server', () => {
  expect(standpointOf({ scope: '../etc', asOf: 'yesterday' })).toEqual({ scope: undefined, asOf: undefined })
  expect(standpointOf({ scope: 'Example', asOf: '2026-05-04' })).toEqual({ scope: 'example', asOf: '2026-05-04' })
  expect(standpointOf({ scope: 'default' })).toEqual({ scope: undefined, asOf: undefined })
})
