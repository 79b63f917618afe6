import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR, type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'
import type { BudgetingMethod, Objective, SilencePolicy, Slo, SloWindow } from '../intent/model.ts'
import { assess, type Cuts, exhaustsAt, type Minutes, spendingOf, spentIn, without } from './index.ts'

const at = (text: string) => Date.parse(text)
const berlin = (duration: { count: number; unit: 'd' | 'w' | 'M' | 'Q' | 'Y' }, start = '2024-01-01 00:00:00'): SloWindow => ({
  kind: 'calendar',
  duration,
  start,
  zone: 'Europe/Berlin',
  text: `${duration.count}${duration.unit}`,
})
interface Event {
  at: Instant
  good: boolean
}
const NOW = at('2028-03-26T17:00:00Z') // a day with a change of the clock, in the middle of a month after a leap day
const objective = (more: Partial<Objective> = {}): Objective => ({
  name: 'objective-1',
  target: 0.9,
  weight: 1,
  indicator: { name: 'availability', metrics: null },
  ...more,
})
const slo = (
  method: BudgetingMethod,
  window: SloWindow,
  objectives: Objective[] = [objective()],
  silence: SilencePolicy = 'unknown',
): Slo => ({
  ref: 'slo:default/shop',
  title: 'Shop',
  service: 'component:default/shop',
  method,
  window,
  composite: objectives.length > 1,
  objectives,
  alertPolicies: [],
  silence,
  leastEvents: 0,
})
const rolling = (length: number): SloWindow => ({ kind: 'rolling', length, text: '' })
const NO_CUTS: Cuts = { corrections: [], since: null }

function minutesFrom(events: readonly Event[], from: Instant, to: Instant): Minutes {
  const count = (to - from) / MINUTE
  const minutes = { from, good: new Float64Array(count).fill(NaN), total: new Float64Array(count).fill(NaN) }
  for (const event of events) {
    const place = Math.floor((event.at - from) / MINUTE)
    minutes.total[place] = (minutes.total[place] || 0) + 1
    minutes.good[place] = (minutes.good[place] || 0) + (event.good ? 1 : 0)
  }
  return minutes
}

/** Error ratio counted one event after another, with nothing of the code that is tested. */
function exactError(
  events: readonly Event[],
  span: Window,
  method: BudgetingMethod,
  { length = MINUTE, target = 1, anchor = 0, cut = (minute: Instant) => minute < 0 } = {},
) {
  const inside = events.filter((event) => event.at >= span.from && event.at < span.to && !cut(Math.floor(event.at / MINUTE) * MINUTE))
  if (method === 'occurrences') return inside.length === 0 ? null : inside.filter(({ good }) => !good).length / inside.length
  const losses: number[] = []
  for (let start = anchor; start + length <= span.to; start += length) {
    if (start < span.from) continue
    const slice = inside.filter((event) => event.at >= start && event.at < start + length)
    if (slice.length === 0) continue
    const ratio = slice.filter(({ good }) => good).length / slice.length
    losses.push(method === 'timeslices' ? (ratio < target ? 1 : 0) : 1 - ratio)
  }
  return losses.length === 0 ? null : losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}

/** Traffic of a day and a half: uneven, with silent hours and bursts of errors. */
const traffic = fc
  .array(fc.record({ hour: fc.nat(35), minute: fc.nat(59), volume: fc.constantFrom(1, 1, 3, 40), bad: fc.constantFrom(0, 0, 0.5, 1) }), {
    minLength: 1,
    maxLength: 60,
  })
  .map((bursts) =>
    bursts.flatMap(({ hour, minute, volume, bad }) =>
      Array.from({ length: volume }, (_, n): Event => ({
        at: NOW - 36 * HOUR + hour * HOUR + minute * MINUTE + n * 1000,
        good: n >= bad * volume,
      })),
    ),
  )
const runs = { numRuns: Number(process.env.RUNS ?? 40) }
const close = (found: number | null, exact: number | null) =>
  exact === null ? expect(found).toBeNull() : expect(found).toBeCloseTo(exact, 12)

test('budgets and burns equal an exact count of the events, by every method, rolling or by the calendar', () => {
  const windows = [rolling(6 * HOUR), rolling(DAY), berlin({ count: 1, unit: 'd' })]
  const lengths = [MINUTE, 5 * MINUTE, HOUR]
  const cutFrom = NOW - 5 * HOUR - 7 * MINUTE
  const corrections = [{ from: cutFrom, to: cutFrom + 90 * MINUTE }]
  fc.assert(
    fc.property(
      traffic,
      fc.constantFrom<BudgetingMethod>('occurrences', 'timeslices', 'ratio_timeslices'),
      fc.constantFrom(...windows),
      fc.constantFrom(...lengths),
      fc.boolean(),
      (events, method, window, length, isCorrected) => {
        const one = slo(method, window, [objective({ slice: { length, target: 0.75 } })])
        const minutes = [minutesFrom(events, NOW - 4 * DAY, NOW)]
        const found = assess(one, NOW, isCorrected ? { corrections, since: null } : NO_CUTS, { minutes })
        const anchor = window.kind === 'calendar' ? at('2028-03-25T23:00:00Z') : NOW - 4 * DAY
        const from = window.kind === 'calendar' ? at('2028-03-25T23:00:00Z') : NOW - window.length
        const cut = (minute: Instant) => isCorrected && minute >= corrections[0]!.from && minute < corrections[0]!.to
        const exact = exactError(events, { from, to: NOW }, method, { length, target: 0.75, anchor, cut })
        close(found.sli, exact === null ? null : 1 - exact)
        const spending = spendingOf(one, NOW, isCorrected ? { corrections, since: null } : NO_CUTS, minutes)
        expect(spentIn(spending, found.period)).toBeCloseTo((exact ?? 0) / 0.1, 9)
        close(found.budget.remaining, exact === null ? null : 1 - exact / 0.1)
        const early = window.kind === 'calendar' ? { anchor: anchor - 4 * DAY } : { anchor }
        for (const [name, span] of [
          ['1h', HOUR],
          ['6h', 6 * HOUR],
          ['1d', DAY],
        ] as const) {
          const error = exactError(events, { from: NOW - span, to: NOW }, method, { length, target: 0.75, cut, ...early })
          close(found.burn[name], error === null ? null : error / 0.1)
        }
      },
    ),
    runs,
  )
})

test('a composite of three burns what its parts burn; a slice that is bad for one is bad; losses add up to at most one', () => {
  fc.assert(
    fc.property(traffic, traffic, traffic, (...parts) => {
      const objectives = parts.map((_, n) => objective({ name: `part-${n}`, weight: n + 1, slice: { length: 5 * MINUTE, target: 0.75 } }))
      const minutes = parts.map((events) => minutesFrom(events, NOW - 4 * DAY, NOW))
      const span = { from: NOW - DAY, to: NOW }
      const spent = (method: BudgetingMethod) => {
        const composite = slo(method, rolling(DAY), objectives)
        const spending = spendingOf(composite, NOW, NO_CUTS, minutes)
        const { remaining } = assess(composite, NOW, NO_CUTS, { minutes }).budget
        expect(spentIn(spending, span)).toBeCloseTo(remaining === null ? 0 : 1 - remaining, 9)
        return remaining === null ? null : 1 - remaining
      }
      const errors = parts.map((events) => exactError(events, span, 'occurrences'))
      close(
        spent('occurrences'),
        errors.every((error) => error === null) ? null : errors.reduce<number>((sum, error, n) => sum + ((error ?? 0) * (n + 1)) / 0.1, 0),
      )
      const starts = Array.from({ length: DAY / (5 * MINUTE) }, (_, n) => span.from + n * 5 * MINUTE)
      for (const method of ['timeslices', 'ratio_timeslices'] as const) {
        const losses = starts.flatMap((from) => {
          const of = parts.map((events) =>
            exactError(events, { from, to: from + 5 * MINUTE }, method, { length: 5 * MINUTE, target: 0.75, anchor: from }),
          )
          if (of.every((loss) => loss === null)) return []
          return method === 'timeslices'
            ? Math.max(...of.map((loss) => loss ?? 0))
            : Math.min(
                1,
                of.reduce<number>((sum, loss, n) => sum + (loss ?? 0) * (n + 1), 0),
              )
        })
        close(spent(method), losses.length === 0 ? null : losses.reduce((sum, loss) => sum + loss, 0) / losses.length / 0.1)
      }
    }),
    runs,
  )
})

describe('what is not known', () => {
  const dayWith = (good: number, total: number, said: number) => ({ counted: () => ({ good, total, said, of: 1440 }) })
  test('silence is unknown, not success; a policy may say otherwise', () => {
    const of = (silence: SilencePolicy) => assess(slo('occurrences', rolling(DAY), [objective()], silence), NOW, NO_CUTS, dayWith(0, 0, 0))
    expect(of('unknown')).toMatchObject({
      sli: null,
      state: 'unknown',
      unknown: 'no_samples',
      budget: { remaining: null, minutesLeft: null },
    })
    expect(of('good')).toMatchObject({ sli: 1, state: 'met' })
    expect(of('bad')).toMatchObject({ sli: 0, state: 'missed' })
  })
  test('under the policy bad a silent minute counts like an average one, all of it bad; before the first sample nobody was silent', () => {
    const one = slo('occurrences', rolling(DAY), [objective()], 'bad')
    expect(assess(one, NOW, NO_CUTS, dayWith(720, 720, 720)).sli).toBeCloseTo(0.5, 12)
    const minutes = [
      minutesFrom(
        Array.from({ length: 60 }, (_, n) => ({ at: NOW - HOUR + n * MINUTE, good: true })),
        NOW - DAY * 4,
        NOW,
      ),
    ]
    expect(assess(one, NOW, { corrections: [], since: NOW - HOUR }, { minutes }).sli).toBe(1)
  })
  test('with fewer events than an SLO asks for nothing is said', () => {
    const guarded = { ...slo('occurrences', rolling(DAY)), leastEvents: 10 }
    expect(assess(guarded, NOW, NO_CUTS, dayWith(0, 9, 9))).toMatchObject({ sli: null, unknown: 'too_few_events', burn: { '1h': null } })
    expect(assess(guarded, NOW, NO_CUTS, dayWith(0, 10, 9)).sli).toBe(0)
  })
})

test('the burn of slices is that of the last whole ones, also in the middle of one and where one is longer than the window', () => {
  const minutes = minutesFrom(
    Array.from({ length: 60 }, (_, n) => ({ at: NOW - HOUR + n * MINUTE, good: n < 50 })),
    NOW - HOUR,
    NOW,
  )
  const burnsOf = (length: number, at: Instant) =>
    assess(slo('timeslices', rolling(DAY), [objective({ slice: { length, target: 1 } })]), at, NO_CUTS, { minutes: [minutes] }).burn
  expect(burnsOf(5 * MINUTE, NOW - 2 * MINUTE)['5m']).toBeCloseTo(10, 9)
  expect(burnsOf(5 * MINUTE, NOW - 12 * MINUTE)['5m']).toBe(0)
  expect(burnsOf(20 * MINUTE, NOW - 7 * MINUTE)['5m']).toBe(0)
  expect(burnsOf(20 * MINUTE, NOW)['5m']).toBeCloseTo(10, 9)
})

describe('what is left', () => {
  const counted = (good: number, total: number) => ({ counted: () => ({ good, total, said: 1440, of: 1440 }) })
  test('an overspent budget is negative; one spent to the last event is met', () => {
    expect(assess(slo('occurrences', rolling(DAY)), NOW, NO_CUTS, counted(70, 100)).budget.remaining).toBeCloseTo(-2, 12)
    const spent = assess(slo('occurrences', rolling(DAY), [objective({ target: 0.999 })]), NOW, NO_CUTS, counted(999, 1000))
    expect(spent.budget.remaining).toBeCloseTo(0, 9)
    expect(spent.state).toBe('at_risk')
  })
  test('in the middle of a month both are told: of the events so far, and of the whole month', () => {
    const month = assess(slo('occurrences', berlin({ count: 1, unit: 'M' })), at('2028-02-15T11:00:00Z'), NO_CUTS, counted(95, 100))
    expect(month.budget.remaining).toBeCloseTo(0.5, 12)
    expect(month.budget.projected).toBeCloseTo(1 - 0.5 * (14.5 / 29), 12)
    expect(month.budget.minutesTotal).toBeCloseTo(0.1 * 29 * 1440, 9)
    expect(month.budget.minutesLeft).toBeCloseTo(0.075 * 29 * 1440, 9)
  })
  test('it is gone after what is left × window ÷ burn, if it is', () => {
    const window = { from: NOW - 30 * DAY, to: NOW, end: NOW }
    expect(exhaustsAt({ projected: 0.5 }, 5, window)).toBe(NOW + 3 * DAY)
    expect(exhaustsAt({ projected: 0.5 }, 1, window)).toBeNull()
    expect(exhaustsAt({ projected: -0.1 }, 5, window)).toBeNull()
    expect(exhaustsAt({ projected: 0.5 }, 2, { from: NOW - 20 * DAY, to: NOW, end: NOW + 10 * DAY })).toBe(NOW + 7.5 * DAY)
    expect(exhaustsAt({ projected: 0.5 }, 1, { from: NOW - 20 * DAY, to: NOW, end: NOW + 10 * DAY })).toBeNull()
  })
  test('spans that are cut out may overlap and reach over the borders', () => {
    const cuts = [
      { from: 30, to: 50 },
      { from: 0, to: 20 },
      { from: 40, to: 60 },
      { from: 90, to: 120 },
    ]
    expect(without({ from: 10, to: 100 }, cuts)).toEqual([
      { from: 20, to: 30 },
      { from: 60, to: 90 },
    ])
  })
})
