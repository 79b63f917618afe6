import { expect, it } from 'vitest'
import { mondayCompared } from './monday-compared.ts'
import type { MondayView } from './monday.ts'

type Told = Parameters<typeof mondayCompared>[0]
const outcome = (name: string, state: MondayView['outcomes'][number]['state']): Told['outcomes'][number] => ({
  ref: `outcome:default/${name}`,
  title: name,
  state,
  claim: { text: name, because: [{ kind: 'entity', ref: `outcome:default/${name}` }] },
})
const ask = (question: string): Told['decide'][number] => ({
  key: question,
  kind: 'revisit',
  question,
  refs: [],
  asked: [],
})

it('tells outcomes that changed, came or went, and questions that came or were settled; what stayed is not told', () => {
  const before = {
    at: '2026-06-01T00:00:00.000Z',
    outcomes: [outcome('a', 'on_course'), outcome('b', 'met'), outcome('c', 'unknown')],
    decide: [ask('Old?'), ask('Still?')],
  }
  const now = {
    at: '2026-06-08T00:00:00.000Z',
    outcomes: [outcome('a', 'at_risk'), outcome('b', 'met'), outcome('d', 'unknown')],
    decide: [ask('Still?'), ask('New?')],
  }
  expect(mondayCompared(now, before)).toEqual({
    at: before.at,
    outcomes: [
      { ref: 'outcome:default/a', title: 'a', was: 'on_course', now: 'at_risk' },
      { ref: 'outcome:default/d', title: 'd', was: null, now: 'unknown' },
      { ref: 'outcome:default/c', title: 'c', was: 'unknown', now: null },
    ],
    asked: ['New?'],
    settled: ['Old?'],
  })
})
