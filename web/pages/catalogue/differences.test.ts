import { expect, test } from 'vitest'
import { differences } from './differences.ts'

const before = {
  kind: 'Outcome',
  metadata: { name: 'faster' },
  spec: { statement: 'Within a day.', target: { value: '1d', by: '2027-03-31' }, serves: ['a', 'b'] },
}

test('two versions that say the same differ in nothing', () => {
  expect(differences(before, structuredClone(before))).toEqual([])
})

test('a moved target, a new owner and a dropped link are told in words', () => {
  const after = {
    ...before,
    spec: { statement: 'Within a day.', owner: 'group:default/delivery', target: { value: '2d', by: '2027-03-31' }, serves: ['b', 'c'] },
  }
  expect(differences(before, after).map(({ words }) => words)).toEqual([
    'target value: “1d” became “2d”',
    'serves: without a',
    'serves: now with c',
    'owner: added, “group:default/delivery”',
  ])
})

test('a list in another order has not changed', () => {
  expect(differences({ tags: ['a', 'b'] }, { tags: ['b', 'a'] })).toEqual([])
})

test('a text of some length is compared word by word, a short one is told whole', () => {
  const after = { ...before, spec: { ...before.spec, statement: 'Within an hour of the day.' } }
  const long = { ...before, spec: { ...before.spec, statement: 'Within a day of the order.' } }
  expect(differences(long, after)).toMatchObject([
    { field: 'statement', text: { before: 'Within a day of the order.', after: 'Within an hour of the day.' } },
  ])
  expect(differences(before, after)[0]!.text).toBeUndefined()
})
