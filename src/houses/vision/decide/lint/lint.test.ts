import { describe, expect, it } from 'vitest'
import type { OutcomeIntent, PrincipleIntent } from '../../intent/index.ts'
import { countWords } from '../../intent/index.ts'
import { lintPage, type Page } from './index.ts'
import { vagueWords } from './vague-words.ts'

const outcome: OutcomeIntent = {
  ref: 'outcome:default/faster',
  title: 'Faster',
  statement: 'Customers get improvements within a day.',
  measure: 'delivery.change_lead_time',
  subject: 'namespace:default',
  owner: 'group:default/delivery',
  baseline: { value: '4d', at: Date.parse('2026-01-01T00:00:00Z') },
  target: { value: '1d', by: Date.parse('2027-04-01T00:00:00Z') },
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
  everything: 'namespace:default',
  vision: { ref: 'vision:default/vision', title: 'Vision', statement: 'Parcels people can plan around.', outcomes: [], principles: [] },
  outcomes: [outcome],
  principles: [principle],
  decisions: [],
  investments: [],
  measures: new Map([
    ['delivery.change_lead_time', { title: 'Change lead time', unit: 's', better: 'lower' }],
    ['delivery.change_size', { title: 'Change size', unit: 'lines' }],
  ]),
  gone: new Map(),
  headlines: [],
  today: new Map([[outcome.ref, { value: 3 * 86_400, interval: { low: 2 * 86_400, high: 4 * 86_400 } }]]),
  work: { served: new Set([outcome.ref]), n: 10, unlinked: 0 },
  at: Date.parse('2026-06-01T00:00:00Z'),
}
const lint = (more: Partial<Page>) => lintPage({ ...page, ...more })
const codes = (more: Partial<Page>) => lint(more).remarks.map((remark) => remark.code)

describe('the lint of a vision', () => {
  it('has nothing to say of a page that can be checked', () => {
    expect(lint({})).toEqual({ remarks: [], unjudged: [] })
  })

  it('names what is missing in an outcome, each on its own', () => {
    const { ref, title, statement, subject, guardrails } = outcome
    expect(codes({ outcomes: [{ ref, title, statement, subject, guardrails }] })).toEqual([
      'lint.no_measure',
      'lint.no_target',
      'lint.no_baseline',
      'lint.no_owner',
    ])
  })

  it('tells a measure that went from one that never was', () => {
    const outcomes = [{ ...outcome, measure: 'cost.per_order' }]
    expect(codes({ outcomes })).toEqual(['lint.measure_unknown'])
    expect(lint({ outcomes, gone: new Map([['cost.per_order', Date.parse('2026-05-04T10:00:00Z')]]) }).remarks[0]).toMatchObject({
      code: 'lint.measure_gone',
      message: '"Faster" is measured by cost.per_order, which was taken away on 4 May 2026',
    })
  })

  it('names targets and limits in another unit than their measure', () => {
    expect(codes({ outcomes: [{ ...outcome, target: { ...outcome.target!, value: '30%' } }] })).toEqual(['lint.target_unit'])
    const guardrails = [{ measure: 'delivery.change_lead_time', subject: outcome.subject, atMost: '10%' }]
    expect(codes({ outcomes: [{ ...outcome, guardrails }] })).toEqual(['lint.limit_unit'])
  })

  it('names dates that cross: due before the baseline, a baseline nobody has seen, an outcome after the vision ends', () => {
    const by = outcome.baseline!.at - 1
    expect(codes({ outcomes: [{ ...outcome, target: { value: '1d', by } }] })).toEqual(['lint.dates_cross'])
    expect(codes({ outcomes: [{ ...outcome, baseline: { value: '4d', at: page.at + 1 } }] })).toEqual(['lint.dates_cross'])
    const horizon = outcome.target!.by - 1
    expect(codes({ vision: { ...page.vision!, horizon, outcomes: [outcome.ref] } })).toEqual(['lint.dates_cross'])
  })

  it('names targets easier than today or than the baseline; touching one by luck is not easier', () => {
    const easy = (today: Page['today'], target = '1d') =>
      lint({ outcomes: [{ ...outcome, target: { ...outcome.target!, value: target } }], today })
    expect(easy(page.today, '4d').remarks[0]!.message).toBe('The target of "Faster" is 4 d, no harder than its baseline of 4 d')
    // Otherwise it would be met from the first day on.
    expect(easy(page.today, '5d').remarks[0]).toMatchObject({
      message: 'The target of "Faster" is 5 d, worse than its baseline of 4 d: of Change lead time less is better',
      fix: expect.stringContaining('spec.better'),
    })
    const at = (value: number, low: number, high: number) => new Map([[outcome.ref, { value, interval: { low, high } }]])
    expect(easy(at(43_200, 40_000, 50_000)).remarks[0]!.message).toBe('The target of "Faster" is 24 h, easier than today\'s 12 h')
    expect(easy(at(80_000, 60_000, 100_000)).remarks).toEqual([])
    expect(easy(new Map()).unjudged).toMatchObject([{ rule: 'lint.target_easier', ref: outcome.ref }])
  })

  it('names outcomes no work serves, and work that serves none', () => {
    const work = { served: new Set<string>(), n: 10, unlinked: 4, latest: 'Tidy up' }
    expect(lint({ work }).remarks.map(({ message }) => message)).toEqual([
      'No work leads up to "Faster"',
      '4 of 10 changes of the last four weeks (40 %) serve no outcome, the latest "Tidy up"',
    ])
    const investments = [{ ref: 'investment:default/rewrite', title: 'Rewrite', serves: [] }]
    expect(codes({ investments })).toEqual(['lint.serves_nothing'])
  })

  it('where no work is on record, calls only that idle which no document serves', () => {
    expect(codes({ work: null })).toEqual(['lint.no_work'])
    const served = lint({ work: null, principles: [{ ...principle, serves: [outcome.ref] }] })
    expect(served).toMatchObject({ remarks: [], unjudged: [{ rule: 'lint.no_work', ref: outcome.ref }] })
  })

  it('names the headline measures people cannot keep in mind', () => {
    const measures = Array.from({ length: 9 }, (_, index) => ({ ref: `measure:default/m${index}`, title: `M${index}` }))
    expect(lint({ headlines: [{ audience: 'product', most: 7, measures }] }).remarks.map(({ ref }) => ref)).toEqual([
      'measure:default/m7',
      'measure:default/m8',
    ])
  })

  it('names principles that forbid nothing or are measured by nothing', () => {
    expect(codes({ principles: [{ ...principle, forbids: [], signals: [] }] })).toEqual(['lint.forbids_nothing', 'lint.no_signals'])
  })

  it('names decisions that cite one principle for and against', () => {
    const decisions = [
      { ref: 'decision:default/1', title: 'Trunk', serves: [], supports: [principle.ref], against: [] },
      { ref: 'decision:default/2', title: 'Big bang', serves: [], supports: [], against: [principle.ref] },
    ]
    expect(lint({ decisions }).remarks[0]!.message).toBe('"Small changes" is cited for "Trunk" and against it in "Big bang"')
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
