import { expect, test } from 'vitest'
import { MINUTE } from '../../core/index.ts'
import { progressOf } from './progress.ts'
import type { PullState } from './pull.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const list = (more: Partial<PullState> = {}): PullState => ({
  connection: 'c',
  stream: 's',
  state: 'waiting',
  since: NOW - 1_000 * MINUTE,
  pages: 2,
  records: 40,
  total: null,
  reachedAt: null,
  attempts: 0,
  dueAt: NOW,
  why: null,
  error: null,
  startedAt: NOW - 4 * MINUTE,
  finishedAt: null,
  ...more,
})

test('lists together: what goes on is told before what stands still, records a minute since it was begun', () => {
  const done = list({ state: 'done', finishedAt: NOW, dueAt: null })
  expect(progressOf([], NOW)).toBeNull()
  expect(progressOf([list({ state: 'running' }), done, list({ state: 'failed', dueAt: null })], NOW)).toMatchObject({
    state: 'running',
    lists: 3,
    done: 1,
    failed: 1,
    records: 120,
    recordsPerMinute: 30,
    waitsUntil: null,
  })
  expect(progressOf([done], NOW)).toMatchObject({ state: 'done', recordsPerMinute: null })
  expect(progressOf([done, list({ state: 'failed', dueAt: null })], NOW)).toMatchObject({ state: 'failed' })
})

test('a wait says until when and why; a total is known only when each list tells one', () => {
  const until = NOW + 10 * MINUTE
  expect(progressOf([list({ dueAt: until, why: 'its limit is reached' }), list({ dueAt: until + 1 })], NOW)).toMatchObject({
    state: 'waiting',
    waitsUntil: until,
    why: 'its limit is reached',
    total: null,
  })
  expect(progressOf([list({ total: 100 }), list({ total: 20 })], NOW)).toMatchObject({ total: 120 })
  expect(progressOf([list({ total: 100 }), list()], NOW)).toMatchObject({ total: null })
})
