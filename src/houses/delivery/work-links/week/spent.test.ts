import { describe, expect, it } from 'vitest'
import { bucketsOf } from '../../../../ground/core/index.ts'
import type { WorkUnit } from './classify.ts'
import { workShares } from './shares.ts'
import { openly, peopleWeeks } from './spent.ts'

const at = (day: string) => Date.parse(`${day}T10:00:00Z`)
const WEEKS = bucketsOf({ from: Date.parse('2026-06-01'), to: Date.parse('2026-06-15') }, 'week') // both begin on Monday

function unit(name: string, day: string, more: Partial<WorkUnit> = {}): WorkUnit {
  return {
    id: name,
    node: name,
    subject: 'repository:default/shop',
    title: 'feat: something',
    at: at(day),
    lines: 1,
    labels: [],
    paths: [],
    reverts: false,
    fixesIncident: false,
    bot: false,
    merge: false,
    branch: null,
    outcomes: [],
    ...more,
  }
}

describe('weeks of people', () => {
  it('a week counts once, split evenly over what was finished in it; a piece for two outcomes is halved', () => {
    const units = [
      unit('a', '2026-06-01', { outcomes: ['outcome:default/x'] }), // u1 and u2
      unit('b', '2026-06-03', { title: 'chore: tidy' }), // u1
      unit('c', '2026-06-09', { outcomes: ['outcome:default/x', 'outcome:default/y'] }), // u1, a week later
      unit('d', '2026-06-09'), // nobody knows who
      unit('e', '2026-06-09', { bot: true }), // a program: not counted, whoever signed
    ]
    const people = new Map([
      ['a', ['u1', 'u2']],
      ['b', ['u1']],
      ['c', ['u1']],
      ['e', ['u3']],
    ])
    // u1 in the first week: half a week on a, half on b; in the second a week on c. u2: a week on a.
    const shares = workShares(units, peopleWeeks(units, WEEKS, people))
    expect(shares.spent).toEqual({ weeks: 3, people: 2 })
    expect(shares.outcomes.map(({ ref, spent }) => [ref, spent])).toEqual([
      ['outcome:default/x', { weeks: 1.5 + 0.5, people: 2 }],
      ['outcome:default/y', { weeks: 0.5, people: 1 }],
    ])
    expect(shares.upkeep.spent).toEqual({ weeks: 0.5, people: 1 })
    expect(shares.unlinked.spent).toEqual({ weeks: 0, people: 0 })
  })
})

describe('what may be told of groups of people', () => {
  const group = (weeks: number, people: number) => ({ weeks, people })
  it('of fewer than five in all: nothing', () => {
    expect(openly(group(9, 4), [group(5, 4), group(4, 2)])).toEqual([null, null])
  })
  it('of parts of fewer than five not, and never of one part alone, since the rest would give it away', () => {
    expect(openly(group(30, 9), [group(14, 8), group(10, 6), group(6, 5)])).toEqual([14, 10, 6])
    expect(openly(group(30, 9), [group(14, 8), group(10, 6), group(6, 3), group(0, 0)])).toEqual([14, null, null, 0])
    expect(openly(group(30, 9), [group(14, 8), group(9, 6), group(4, 3), group(3, 1)])).toEqual([14, 9, null, null])
    expect(openly(group(6, 5), [group(3, 5), group(3, 4)])).toEqual([null, null])
  })
})
