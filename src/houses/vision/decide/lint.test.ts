import { describe, expect, it } from 'vitest'
import type { OutcomeIntent, PrincipleIntent } from '../intent/index.ts'
import { countWords } from '../intent/index.ts'
import { lintPage, type Page } from './lint.ts'
import { vagueWords } from './vague-words.ts'

const outcome: OutcomeIntent = {
  ref: 'outcome:default/faster',
  title: 'Faster',
  statement: 'Customers get improvements within a day.',
  measure: 'delivery.change_lead_time',
  subject: 'namespace:default',
  target: { value: '1d', by: 0 },
  guardrails: [],
}
const principle: PrincipleIntent = {
  ref: 'principle:default/small',
  title: 'Small changes',
  statement: 'Ship small, reversible changes.',
  forbids: ['a change nobody can undo within an hour'],
  serves: [],
  signals: [{ measure: 'delivery.change_size', atMost: 400 }],
}
const page: Page = {
  vision: { ref: 'vision:default/vision', title: 'Vision', statement: 'Parcels people can plan around.', outcomes: [], principles: [] },
  outcomes: [outcome],
  principles: [principle],
  decisions: [],
  measures: new Set(['delivery.change_lead_time']),
}
const codes = (more: Partial<Page>) => lintPage({ ...page, ...more }).map((remark) => remark.code)

describe('the lint of a vision', () => {
  it('has nothing to say of a page that can be checked', () => {
    expect(codes({})).toEqual([])
  })

  it('names targets nobody can measure', () => {
    expect(codes({ outcomes: [{ ...outcome, measure: undefined }] })).toEqual(['lint.no_measure'])
    expect(codes({ outcomes: [{ ...outcome, measure: 'cost.per_order' }] })).toEqual(['lint.measure_unknown'])
  })

  it('names principles that forbid nothing or are measured by nothing', () => {
    expect(codes({ principles: [{ ...principle, forbids: [], signals: [] }] })).toEqual(['lint.forbids_nothing', 'lint.no_signals'])
  })

  it('names decisions that cite one principle for and against', () => {
    const decisions = [
      { ref: 'decision:default/1', title: 'Trunk', supports: [principle.ref], against: [] },
      { ref: 'decision:default/2', title: 'Big bang', supports: [], against: [principle.ref] },
    ]
    expect(lintPage({ ...page, decisions })[0]!.message).toBe('"Small changes" is cited for "Trunk" and against it in "Big bang"')
  })

  it('asks what a vague word means, once', () => {
    expect(vagueWords('World-class, seamless and seamless again').map(({ word }) => word)).toEqual(['World-class', 'seamless'])
    expect(vagueWords('Small, reversible changes within an hour')).toEqual([])
  })

  it('counts words as a reader does', () => {
    expect(countWords("It's a first-rate page — really, 3.5 % of it.")).toBe(8)
    expect(countWords('  \n ')).toBe(0)
    expect(codes({ vision: { ...page.vision!, statement: 'word '.repeat(295) } })).toEqual(['lint.page_too_long'])
  })
})
