import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { DAY, formatInstant, Refusal, WEEK } from '../../ground/core/index.ts'
import { parseEvidence } from '../../ground/ledger/index.ts'
import { installExperiments } from '../experiments/index.ts'
import { drawOf } from './effect-truth.test-data.ts'
import { installInvestments } from './index.ts'
import { effectOfInvestment } from './store/effect-of-investment.ts'
import { effectSince } from './store/effect.ts'

const BY = 'user:default/test'
/** A Monday. */
const CHANGE = Date.parse('2026-05-04')
const NOW = CHANGE + 27 * WEEK
const MEASURE = 'support.minutes'
let ground: TestGround

const component = (name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name },
  spec: { type: 'service', lifecycle: 'production', owner: 'group:default/shop' },
})

const measurement = (name: string, at: number, value: number, more: Record<string, unknown> = {}) => ({
  kind: 'measurement',
  source: 'desk',
  id: `${name}-${at}`,
  subject: `component:default/${name}`,
  at: formatInstant(at),
  measure: MEASURE,
  value,
  unit: 'min',
  ...more,
})

const investment = (name: string, spec: Record<string, unknown>) => ({
  apiVersion: 'throughline.dev/v1',
  kind: 'Investment',
  metadata: { name },
  spec: {
    statement: 'Answers are found by people themselves.',
    kind: 'improve',
    serves: ['outcome:default/easier'],
    cost: { peopleWeeks: 6 },
    ...spec,
  },
})

const change = (subject: string, more: Record<string, unknown> = {}) => ({
  measure: MEASURE,
  subject: `component:default/${subject}`,
  p10: '-50%',
  p50: '-35%',
  p90: '-10%',
  by: '2026-10-31',
  ...more,
})

beforeAll(async () => {
  ground = await testGround({ now: CHANGE - 40 * WEEK, install: [installExperiments, installInvestments] })
  const { treated, controls } = drawOf('house', { effect: -0.35, controls: 5, shock: 0.4 })
  const values = new Map([['shop', treated], ...controls.map(({ values: own }, index) => [`beside-${index}`, own] as const)])
  for (const name of values.keys()) await ground.catalog.write(component(name), { by: BY })
  await ground.catalog.write(component('young'), { by: BY })
  await ground.catalog.write(
    {
      apiVersion: 'throughline.dev/v1',
      kind: 'Experiment',
      metadata: { name: 'guided' },
      spec: {
        hypothesis: 'Guided answers are quicker.',
        measure: 'answer.seconds',
        expect: 'lower',
        arms: { control: { subject: 'component:default/beside-0' }, treatment: { subject: 'component:default/shop' } },
        start: '2026-05-04',
        stop: { effect: 5, end: '2026-06-01', least: 20 },
      },
    },
    { by: BY },
  )
  const done = { status: 'done', start: '2026-03-01', end: '2026-05-03' }
  await ground.catalog.write(investment('found', { ...done, effects: [change('shop'), change('beside-0')] }), { by: BY })
  await ground.catalog.write(investment('open', { status: 'running', effects: [change('shop', { p10: -20, p50: -10, p90: -5 })] }), {
    by: BY,
  })
  await ground.catalog.write(investment('beside', { ...done, effects: [change('beside-4')] }), { by: BY })
  await ground.catalog.write(investment('silent', { ...done }), { by: BY })
  ground.setNow(NOW)
  const weekly = [...values].flatMap(([name, own]) =>
    own.map((value, week) => measurement(name, CHANGE + (week - 26) * WEEK + DAY, value!)),
  )
  const arms = ['beside-0', 'shop'].flatMap((name, arm) =>
    Array.from({ length: 100 }, (_, n) => ({
      ...measurement(name, CHANGE + Math.floor(n / 5) * DAY + n * 60_000, 60 - 12 * arm + ((n * 7) % 13) - 6, {
        measure: 'answer.seconds',
        unit: 's',
      }),
      id: `arm-${name}-${n}`,
    })),
  )
  const young = Array.from({ length: 3 }, (_, week) => measurement('young', CHANGE + (week + 1) * WEEK, 5))
  const read = [...weekly, ...arms, ...young].map((record) => parseEvidence(record))
  await ground.ledger.append(
    read.flatMap((one) => (one.ok ? [one.value] : [])),
    { by: BY },
  )
})
afterAll(() => ground.store.close())

const ask = { measure: MEASURE, subject: 'component:default/shop', changedAt: CHANGE, weeks: 26 }

async function refused(run: Promise<unknown>): Promise<Refusal['problem']> {
  const error = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(Refusal)
  return (error as Refusal).problem
}

describe('what changed since a day', () => {
  test('is held against untouched components beside it, and a shock that hit all is taken out', async () => {
    const told = await effectSince(ask, ground)
    expect(told).toMatchObject({
      design: 'comparison',
      verdict: 'effect',
      n: 52,
      weeks: { before: 26, after: 26 },
      strength: 'stronger',
      placebo: { passed: true },
    })
    expect(told.controls.map(({ ref }) => ref).toSorted()).toEqual([1, 2, 3].map((index) => `component:default/beside-${index}`))
    expect(told.leftOut.map(({ ref }) => ref)).toEqual(expect.arrayContaining(['component:default/beside-0', 'component:default/beside-4']))
    expect(told.effect).toBeGreaterThan(-0.5)
    expect(told.effect).toBeLessThan(-0.2)
    expect(told.interval!.low).toBeLessThan(-0.35)
    expect(told.interval!.high).toBeGreaterThan(-0.35)
    expect(told.sentence).toMatch(
      /lower since 4 May 2026, held against 3 untouched subjects \(95 %: −\d+ % to −\d+ %; 26 weeks before, 26 after\)/,
    )
    expect(told.evidence).toMatch(/^Stronger evidence/)
    expect(told.points).toHaveLength(52)
    expect(told.points[25]).toMatchObject({ low: null, high: null })
    expect(told.points[26]!.low).toBeLessThan(told.points[26]!.expected!)
  })

  test('alone it is before and after: weaker evidence, which never says what caused it', async () => {
    const told = await effectSince({ ...ask, alone: true }, ground)
    expect(told).toMatchObject({ design: 'before_after', against: 'own_trend', strength: 'weaker', controls: [] })
    expect(told.evidence).toContain('whatever else changed then is in it')
    expect(`${told.sentence} ${told.evidence}`).not.toMatch(/cause/i)
  })

  test('a change in the middle of a week leaves that week out, and named controls are the only ones', async () => {
    const told = await effectSince(
      { ...ask, changedAt: CHANGE + 2 * DAY, controls: ['component:default/beside-1', 'component:default/young'] },
      ground,
    )
    expect(told).toMatchObject({ weeks: { before: 26, after: 25 }, strength: 'weaker' })
    expect(told.controls.map(({ ref }) => ref)).toEqual(['component:default/beside-1'])
    expect(told.leftOut).toEqual([{ ref: 'component:default/young', why: 'values in 0 weeks before and 3 after are too few' }])
    expect(told.evidence).toContain('too few to check them against each other')
  })

  test('too few weeks after say when to ask again; too few before and an unknown measure say what would help', async () => {
    const early = await effectSince({ ...ask, at: CHANGE + 2.5 * WEEK }, ground)
    expect(early).toMatchObject({
      verdict: 'not_enough_data',
      effect: null,
      interval: null,
      strength: null,
      weeks: { before: 26, after: 2 },
    })
    expect(early.sentence).toBe('Not enough data: 2 whole weeks with a value after the day, at least 4 are needed.')
    expect(early.missing).toMatchObject([{ code: 'effect.too_few_after', fix: 'Ask again after 2026-06-01.' }])
    const young = await effectSince({ ...ask, subject: 'component:default/young' }, ground)
    expect(young.missing.map(({ code }) => code)).toEqual(['effect.too_few_before', 'effect.too_few_after'])
    const unknown = await effectSince({ ...ask, measure: 'nobody.sends' }, ground)
    expect(unknown).toMatchObject({ verdict: 'not_enough_data', n: 0 })
    expect(unknown.missing[0]!.fix).not.toBe('')
  })

  test('a day ahead and a subject beside itself are refused', async () => {
    expect(await refused(effectSince({ ...ask, changedAt: NOW + WEEK }, ground))).toMatchObject({ code: 'effect.ahead', path: 'at' })
    expect(await refused(effectSince({ ...ask, controls: [ask.subject] }, ground))).toMatchObject({ code: 'effect.own_control' })
  })

  test('a decided experiment on the same measure and subject is told instead', async () => {
    const told = await effectSince({ ...ask, measure: 'answer.seconds' }, ground)
    expect(told).toMatchObject({
      design: 'experiment',
      verdict: 'effect',
      strength: 'strongest',
      experiment: 'experiment:default/guided',
      n: 200,
      placebo: null,
    })
    expect(told.effect).toBeCloseTo(-0.2, 1)
  })
})

describe('was it worth it', () => {
  test('what was expected stands beside what was seen, and what it touched too is no control', async () => {
    const told = await effectOfInvestment('investment:default/found', { weeks: 26 }, ground)
    expect(told).toMatchObject({
      verdict: 'effect',
      changedAt: formatInstant(CHANGE),
      expected: { form: 'relative', p50: -0.35, held: 'as_expected' },
      investment: { peopleWeeks: 6, status: 'done' },
    })
    expect(told.expected!.sentence).toMatch(/^Expected −35 % \(P10 to P90: −50 % to −10 %\); seen −\d+ %: within what was expected\.$/)
    expect(told.controls).toHaveLength(3)
    expect(told.leftOut).toContainEqual({ ref: 'component:default/beside-4', why: 'beside changed it in these weeks' })
    expect(told.also).toMatchObject([{ subject: 'component:default/beside-0' }])
  })

  test('one that is not finished, says nothing or does not exist is told as such', async () => {
    const open = await effectOfInvestment('investment:default/open', { weeks: 26 }, ground)
    expect(open).toMatchObject({
      verdict: 'not_enough_data',
      missing: [{ code: 'effect.no_end' }],
      expected: { form: 'absolute', p50: -10, held: null },
    })
    expect(await refused(effectOfInvestment('investment:default/silent', { weeks: 26 }, ground))).toMatchObject({
      code: 'effect.nothing_expected',
    })
    expect(await refused(effectOfInvestment('investment:default/none', { weeks: 26 }, ground))).toMatchObject({
      code: 'effect.unknown_investment',
    })
  })
})
