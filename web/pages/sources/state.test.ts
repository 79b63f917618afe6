import { expect, test } from 'vitest'
import { answerOf, type Connection, daily } from './state.ts'

const day = (name: string, more: object = {}) => ({
  day: name,
  deliveries: 3,
  accepted: 3,
  revised: 0,
  duplicates: 0,
  rejected: 0,
  ignored: 0,
  refused: 0,
  lagSeconds: null,
  ...more,
})
const connection = (more: Partial<Connection> = {}): Connection => ({
  id: 'c',
  source: 'github',
  title: 'GitHub',
  name: 'Shop',
  settings: {},
  createdAt: '2026-05-20T10:00:00Z',
  createdBy: 'user:default/me',
  state: 'flowing',
  lastAt: '2026-05-25T10:00:00Z',
  lastEvent: null,
  lastRefusal: null,
  days: [day('2026-05-20'), day('2026-05-25')],
  progress: null,
  ...more,
})

test('the first line is well only where nothing is wrong with any connection', () => {
  expect(answerOf([])).toContain('Nothing is connected yet')
  expect(answerOf([connection()])).toBe('1 connection, all well.')
  expect(answerOf([connection({ state: 'stopped' }), connection({ state: 'paused' }), connection({ state: 'silent' })])).toBe(
    '3 connections: 1 is silent, 1 cannot be read, 1 is paused.',
  )
  const away = { failed: 0, why: 'shop.example cannot be reached (ECONNREFUSED).' } as Connection['progress']
  expect(answerOf([connection({ progress: away })])).toBe('1 connection: 1 cannot be read just now.')
  const progress = { failed: 2, why: null } as Connection['progress']
  const days = [day('2026-05-25', { rejected: 1, refused: 2 })]
  expect(answerOf([connection({ days, progress })])).toBe(
    '1 connection: 2 lists cannot be read, 1 line rejected in 14 days, 2 deliveries turned away in 14 days.',
  )
})

test('a day on which nothing came is a day with nothing; days before it was connected are none', () => {
  const now = Date.parse('2026-05-26T12:00:00Z')
  expect(daily(connection(), ({ deliveries }) => deliveries, now)).toEqual([3, 0, 0, 0, 0, 3, 0])
  expect(daily(connection({ createdAt: '2025-01-01T00:00:00Z' }), ({ deliveries }) => deliveries, now)).toHaveLength(14)
})
