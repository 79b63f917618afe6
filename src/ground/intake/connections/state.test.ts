import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../core/index.ts'
import { stateOf } from './state.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
/** A day with a last word each, so many days ago, oldest first. */
const on = (...daysAgo: number[]) => daysAgo.map((days) => NOW - days * DAY)
const state = (times: number[], more: { lists?: { state: 'done' | 'failed' }[]; isPushed?: boolean; pausedAt?: number } = {}) =>
  stateOf({ pausedAt: more.pausedAt ?? null, lastEvent: null }, { times, lists: more.lists ?? [], isPushed: more.isPushed ?? true }, NOW)

test('a system that used to tell something daily is silent after three days, and stays so however long that lasts', () => {
  expect(state(on(8, 7, 6, 5, 4, 3))).toBe('flowing')
  expect(state([...on(8, 7, 6, 5, 4), NOW - 3 * DAY - HOUR])).toBe('silent')
  expect(state(on(120, 119, 118, 117, 116))).toBe('silent')
})

test('one that pauses for a week at a time is not missed before two', () => {
  expect(state(on(40, 33, 26, 19, 12))).toBe('flowing')
  expect(state(on(43, 36, 29, 22, 15))).toBe('silent')
})

test('with too few days there is no rhythm to break; before the first it waits', () => {
  expect(state(on(90, 89, 88))).toBe('flowing')
  expect(state([])).toBe('waiting')
  expect(state(on(120, 119, 118, 117), { pausedAt: NOW })).toBe('paused')
})

test('what is only read by ourselves stops with a list that cannot be read; what also pushes does not', () => {
  const lists = [{ state: 'done' as const }, { state: 'failed' as const }]
  expect(state(on(1, 0), { lists, isPushed: false })).toBe('stopped')
  expect(state(on(1, 0), { lists })).toBe('flowing')
})
