import { expect, test } from 'vitest'
import { found, ordered, paged } from './order.ts'

const rows = [
  { name: 'Ledger', days: 3 },
  { name: 'checkout 10', days: null },
  { name: 'Checkout 2', days: 7 },
]

test('a row whose value is unknown stands last, whichever way the table is sorted', () => {
  expect(ordered(rows, (row) => row.days, false).map((row) => row.days)).toEqual([3, 7, null])
  expect(ordered(rows, (row) => row.days, true).map((row) => row.days)).toEqual([7, 3, null])
})

test('names sort as people count: 2 before 10, capitals aside', () => {
  expect(ordered(rows, (row) => row.name, false).map((row) => row.name)).toEqual(['Checkout 2', 'checkout 10', 'Ledger'])
})

test('a filter keeps the rows that contain every word, in any order', () => {
  expect(found(rows, (row) => row.name, ' 2 CHECK ')).toEqual([rows[2]])
  expect(found(rows, (row) => row.name, '')).toBe(rows)
})

test('a page beyond the end shows the last page and not an empty table', () => {
  const many = Array.from({ length: 120 }, (_, index) => index)
  expect(paged(many, 9, 50)).toEqual({ rows: many.slice(100), page: 3, pages: 3, first: 100 })
  expect(paged([], 1, 50).rows).toEqual([])
})
