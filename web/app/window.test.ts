import { expect, test } from 'vitest'
import { bucketOf, longerWindow, windowOf } from './window.ts'

const NOW = Date.parse('2026-11-22T09:00:00Z')

test('without a wish the window is left to the server, so that page and brief tell the same figure', () => {
  expect(windowOf({}, NOW)).toEqual({})
  expect(windowOf({ days: '28' }, NOW)).toEqual({})
})

test('a span ends today, or on the day the page is looked at from', () => {
  expect(windowOf({ days: '91' }, NOW)).toEqual({ from: '2026-08-23' })
  expect(windowOf({ days: '91', asOf: '2026-06-30' }, NOW)).toEqual({ from: '2026-03-31', asOf: '2026-06-30T23:59:59.999Z' })
})

test('the last day of a chosen window counts whole', () => {
  expect(windowOf({ from: '2026-05-01', to: '2026-05-31' }, NOW)).toEqual({ from: '2026-05-01', to: '2026-06-01' })
})

test('a nonsense window falls back to the default', () => {
  expect(windowOf({ days: 'x' }, NOW)).toEqual({})
  expect(windowOf({ from: '1 May' }, NOW)).toEqual({})
})

test('a chart looks back half a year even when the figure is for four weeks', () => {
  expect(longerWindow({}, 182, NOW)).toEqual({ from: '2026-05-24' })
  expect(bucketOf(longerWindow({}, 182, NOW), NOW)).toBe('week')
})
