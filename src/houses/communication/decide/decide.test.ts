import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY } from '../../../ground/core/index.ts'
import type { HeldRelease } from '../../governance/index.ts'
import type { BurnAlert } from '../../reliability/index.ts'
import type { DecisionIntent, ExceptionIntent } from '../../vision/index.ts'
import { reading } from '../tell/facts.fixture.ts'
import { keyOf } from './answers.ts'
import { chainOf } from './chain.ts'
import { toDecide } from './deciding.ts'
import { differenceOf } from './difference.ts'
import { storyWindow } from './story-window.ts'
import { judgeLimit } from './watched.ts'

const AT = Date.parse('2026-06-01T00:00:00Z')
const decision = (name: string, more: Partial<DecisionIntent> = {}): DecisionIntent => ({
  ref: `decision:default/${name}`,
  title: name,
  status: 'accepted',
  updatedAt: AT,
  deciders: [],
  serves: [],
  supports: [],
  against: [],
  supersedes: [],
  supersededBy: [],
  affects: [],
  assumptions: [],
  expects: [],
  tripwires: [],
  ...more,
})
const exception = (name: string, until: string): ExceptionIntent => ({
  ref: `exception:default/${name}`,
  title: name,
  from: 'principle:default/small',
  subjects: ['component:default/cart'],
  reason: 'moving',
  until: Date.parse(until),
})

describe('an assumption behind a decision', () => {
  const orders = { measure: 'business.orders', subject: 'system:default/shop', atMost: 50_000 }
  const judge = (value: number | null) =>
    judgeLimit('decision:default/one-database', orders, { title: 'Orders a day' }, reading('business.orders', value, { unit: 'count' }))

  it('holds below its limit, is broken above it, and is unknown without a reading', () => {
    expect(judge(40_000).state).toBe('met')
    expect(judge(61_000)).toMatchObject({ state: 'missed', rule: 'orders a day at most 50,000; now 61,000 (n = 40)' })
    expect(judge(null).state).toBe('unknown')
  })
})

describe('what to decide', () => {
  const none = {
    decisions: [],
    assumptions: [],
    tripwires: [],
    exceptions: [],
    breaking: new Map<string, ReadonlySet<string>>(),
    suggestions: 0,
    review: null,
    firing: [],
    held: [],
    owners: new Map<string, string>(),
    at: AT,
  }
  const kinds = (more: Partial<Parameters<typeof toDecide>[0]>) => toDecide({ ...none, ...more }).map((item) => item.kind)

  it('lists broken reasons, fired tripwires, passed dates, exceptions, proposals and suggestions, in this order', () => {
    const judgement = judgeLimit('decision:default/a', { measure: 'm', subject: 's', atMost: 1 }, null, reading('m', 2, { unit: 'count' }))
    const due = decision('due', { revisitBy: AT - DAY })
    const breaking = new Map([['principle:default/small', new Set(['component:default/cart'])]])
    expect(
      kinds({
        assumptions: [{ decision: decision('a'), judgement }],
        tripwires: [
          { decision: decision('a'), judgement },
          { decision: decision('b'), judgement: { ...judgement, state: 'unknown' } },
        ],
        decisions: [due, decision('idea', { status: 'proposed' })],
        exceptions: [exception('past', '2026-05-01'), exception('soon', '2026-06-10')],
        breaking,
        suggestions: 3,
      }),
    ).toEqual(['assumption_broken', 'tripwire_fired', 'revisit', 'exception_expired', 'exception_expiring', 'proposals', 'suggestions'])
  })

  it('puts first what burns, each service once, and what the gate holds; whose it is comes with it', () => {
    const alert = (id: number, service: string) => ({ id, service, slo: `slo:default/${id}`, firedAt: AT }) as unknown as BurnAlert
    const held = { component: 'component:default/till', commit: null, since: AT } as HeldRelease
    const items = toDecide({
      ...none,
      firing: [alert(1, 'component:default/cart'), alert(2, 'component:default/cart')],
      held: [held],
      owners: new Map([['component:default/cart', 'group:default/shop']]),
      suggestions: 1,
    })
    expect(items).toMatchObject([
      { kind: 'budget_burns', alerts: [{ id: 1 }, { id: 2 }], owner: 'group:default/shop' },
      { kind: 'gate_holds', held, owner: null },
      { kind: 'suggestions' },
    ])
    expect(new Set(items.map((item) => keyOf(item, 'default'))).size).toBe(3)
  })

  it('asks for a review of the vision that is overdue, and not before', () => {
    const review = (overdue: boolean) => ({
      vision: 'vision:default/vision',
      title: 'A day that is kept',
      every: '90d',
      sides: ['product', 'business'],
      last: null,
      due: AT,
      overdue,
      open: null,
    })
    expect(kinds({ review: review(true) })).toEqual(['review_due'])
    expect(kinds({ review: review(false) })).toEqual([])
  })

  it('leaves out what asks nothing: dates to come, exceptions far off or no longer needed, superseded decisions', () => {
    expect(
      kinds({
        decisions: [decision('later', { revisitBy: AT + DAY }), decision('old', { status: 'superseded', revisitBy: AT - DAY })],
        exceptions: [exception('far', '2026-09-01'), exception('unneeded', '2026-05-01')],
      }),
    ).toEqual([])
  })
})

describe('a superseding chain', () => {
  const chain = [
    decision('one', { supersededBy: ['decision:default/two'], status: 'superseded' }),
    decision('two', { supersedes: ['decision:default/one'], supersededBy: ['decision:default/three'] }),
    decision('three', { supersedes: ['decision:default/two'] }),
  ]

  it('runs both ways from any of its decisions, oldest first', () => {
    for (const { ref } of chain) expect(chainOf(ref, chain).map((link) => link.title)).toEqual(['one', 'two', 'three'])
    expect(chainOf('decision:default/two', chain).map((link) => link.distance)).toEqual([-1, 0, 1])
  })

  it('is empty for a decision that stands alone, and ends when records go in a circle', () => {
    expect(chainOf('decision:default/x', [decision('x')])).toEqual([])
    const circle = [
      decision('a', { supersedes: ['decision:default/b'], supersededBy: ['decision:default/b'] }),
      decision('b', { supersedes: ['decision:default/a'], supersededBy: ['decision:default/a'] }),
    ]
    expect(chainOf('decision:default/a', circle).length).toBe(2)
  })
})

describe('a difference', () => {
  const at = (low: number, high: number) => reading('m', (low + high) / 2, { interval: { low, high, level: 0.95 } })

  it('is clear only where the intervals do not touch, and then the same from both sides', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 20 }),
        (a, widthA, b, widthB) => {
          const [now, before] = [at(a, a + widthA), at(b, b + widthB)]
          const forth = differenceOf(now, before, 'lower')!
          const back = differenceOf(before, now, 'lower')!
          expect(forth.kind).toBe(a > b + widthB || a + widthA < b ? 'clear' : 'unclear')
          expect(back.kind).toBe(forth.kind)
          const better = (difference: typeof forth) => (difference.kind === 'clear' ? difference.better : null)
          expect(better(back)).toBe(better(forth) === null ? null : !better(forth))
        },
      ),
    )
  })

  it('is not claimed without intervals', () => {
    expect(differenceOf(reading('m', 1), reading('m', 9), 'lower')).toBeNull()
    expect(differenceOf(reading('m', null), at(1, 2), 'lower')).toBeNull()
  })
})

describe('the window of a story', () => {
  const story = (firstDaysAgo: number, lastDaysAgo: number, commits: number[]) =>
    storyWindow({ first: AT - firstDaysAgo * DAY, last: AT - lastDaysAgo * DAY, commits }, AT)

  it('is the last year, or as long as there is history', () => {
    expect(story(1000, 1, [50, 80, 80])).toEqual({ from: AT - 365 * DAY, to: AT, quiet: false })
    expect(story(40, 1, [50, 50, 50]).from).toBe(AT - 40 * DAY)
  })

  it('looks further back where a year holds too little to tell', () => {
    expect(story(5000, 1, [3, 60, 90]).from).toBe(AT - 3 * 365 * DAY)
    expect(story(900, 1, [3, 9, 9]).from).toBe(AT - 900 * DAY)
  })

  it('ends with the last commit where nothing has happened for two months', () => {
    const last = AT - 400 * DAY
    expect(story(1000, 400, [50, 60, 60])).toEqual({ from: last + 1 - 365 * DAY, to: last + 1, quiet: true })
  })
})
