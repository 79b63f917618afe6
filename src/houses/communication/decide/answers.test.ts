import { expect, test } from 'vitest'
import { DAY } from '../../../ground/core/index.ts'
import { type AnswerEntry, keptBy, openQuestions } from './answers.ts'

const at = Date.parse('2026-06-01')
/** Newest first, as the audit trail has them. */
const trail = (...entries: Partial<AnswerEntry>[]): AnswerEntry[] =>
  entries.map((entry, index) => ({ key: 'k', refs: ['decision:default/a'], does: 'keep', by: 'user:default/u1', on: at - index, ...entry }))

test('a default stands for four weeks, is taken back by the latest word, and covers nothing else', () => {
  expect(keptBy('k', trail({}), at)).toEqual({ by: 'user:default/u1', on: at, until: at + 28 * DAY })
  expect(keptBy('k', trail({}), at + 28 * DAY)).toBeNull()
  expect(keptBy('other', trail({}), at)).toBeNull()
  expect(keptBy('k', trail({ does: 'reopen' }, {}), at)).toBeNull()
  expect(keptBy('k', trail({ does: 'keep', on: at }, { does: 'reopen', on: at }), at)).toMatchObject({ on: at })
})

test('what was asked is open until it is settled, and again when that is taken back', () => {
  const asked = { does: 'ask', id: 'q1', text: 'Who pays?' } as const
  const all = () => true
  expect(openQuestions(trail({ ...asked, on: at - DAY }), all)).toEqual([
    { id: 'q1', by: 'user:default/u1', on: at - DAY, text: 'Who pays?' },
  ])
  expect(openQuestions(trail({ does: 'settle', id: 'q1' }, asked), all)).toEqual([])
  expect(
    openQuestions(trail({ does: 'ask', id: 'q1', text: 'Who pays?' }, { does: 'settle', id: 'q1' }, { ...asked, on: at - DAY }), all),
  ).toMatchObject([{ id: 'q1', on: at - DAY }])
  expect(openQuestions(trail(asked), () => false)).toEqual([])
})
