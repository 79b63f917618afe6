import { expect, it } from 'vitest'
import { sinceWhen } from './history.ts'
import type { SignalState } from './signal.ts'

const periods = (...states: SignalState[]) => states.map((state, index) => ({ from: index, to: index + 1, state }))

it('a state lasts since the first period after another one', () => {
  expect(sinceWhen(periods('held', 'held', 'broken', 'broken'), 'broken')).toEqual({ at: 2, atLeast: false })
})

it('a period nobody knows anything of neither ends nor begins it', () => {
  expect(sinceWhen(periods('held', 'unknown', 'broken', 'unknown', 'broken'), 'broken')).toEqual({ at: 2, atLeast: false })
})

it('what was never otherwise lasts at least since the first period known', () => {
  expect(sinceWhen(periods('unknown', 'broken', 'broken'), 'broken')).toEqual({ at: 1, atLeast: true })
})

it('what only the present shows has no past, and the unknown has none either', () => {
  expect(sinceWhen(periods('held', 'held'), 'broken')).toBeNull()
  expect(sinceWhen(periods('broken'), 'unknown')).toBeNull()
})
