import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EntityDraft } from '../../ground/catalog/index.ts'
import { seriesOperations } from '../../ground/measures/index.ts'
import { testGround, type TestGround } from '../../../test/support/ground.ts'
import { installInvestments, investmentOperations } from './index.ts'
import { installVision } from '../vision/index.ts'

const by = 'user:default/dev-1'
let ground: TestGround

beforeAll(async () => {
  ground = await testGround({ now: Date.parse('2026-06-20T12:00:00Z'), install: [installVision, installInvestments] })
  const of = (kind: string, name: string, spec: Record<string, unknown>, title?: string): EntityDraft => ({
    apiVersion: 'throughline.dev/v1',
    kind,
    metadata: { name, ...(title ? { title } : {}) },
    spec,
  })
  await ground.catalog.applyFolder(
    'here',
    [
      of('Outcome', 'faster', {
        statement: 'Changes arrive within a day.',
        measure: 'tests.minutes',
        baseline: { value: 50, at: '2026-01-01' },
        target: { value: 10, by: '2026-12-31' },
      }),
      of('Outcome', 'safer', { statement: 'Fewer failures.', measure: 'tests.failures' }),
      ...['a', 'b', 'c'].map((name, index) =>
        of('Investment', name, {
          statement: `Try ${name}.`,
          kind: 'improve',
          serves: ['faster'],
          effects: [{ measure: 'tests.minutes', p10: -30, p50: -20, p90: -10, by: '2026-12-01' }],
          cost: { peopleWeeks: 10 + index, ...(name === 'c' ? { money: { amount: 5_000, currency: 'EUR' } } : {}) },
          ...(name === 'b' ? { dependsOn: ['fast-tests'] } : {}),
        }),
      ),
      of('Investment', 'vague', {
        statement: 'Make it safer.',
        kind: 'new',
        serves: ['safer'],
        effects: [{ measure: 'tests.failures', p10: '-9%', p50: '-5%', p90: '0%', by: '2026-12-01' }],
        cost: { peopleWeeks: 3 },
      }),
      of('Investment', 'lost', {
        statement: 'Needs what nobody wrote.',
        kind: 'new',
        serves: ['faster'],
        dependsOn: ['elsewhere'],
        cost: { peopleWeeks: 1 },
      }),
      of(
        'Investment',
        'fast-tests',
        {
          statement: 'Tests run in a minute.',
          kind: 'improve',
          status: 'done',
          start: '2026-05-04',
          end: '2026-06-01',
          serves: ['faster'],
          effects: [
            {
              measure: 'delivery.change_lead_time',
              subject: 'component:default/shop',
              p10: '-40%',
              p50: '-30%',
              p90: '0%',
              by: '2026-09-01',
            },
          ],
          cost: { peopleWeeks: 8 },
        },
        'Fast tests',
      ),
    ],
    { by },
  )
})
afterAll(() => ground.store.close())

test('trace leads from an outcome to the investment that serves it and the component it changes', async () => {
  const down = await ground.catalog.trace('outcome:default/faster', 'down', 3)
  expect(down.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(['investment:default/fast-tests', 'component:default/shop']))
  const up = await ground.catalog.trace('investment:default/fast-tests', 'up', 3)
  expect(up.nodes.map(({ id }) => id)).toContain('outcome:default/faster')
})

test('a series tells when an investment began and when it was finished', async () => {
  const [, annotations] = seriesOperations
  const told = async (subject: string) => {
    const ask = { zone: 'UTC', from: '2026-05-01', to: '2026-06-15', bucket: 'day' as const, subject }
    const answer = await annotations.run(ask, { ...ground, caller: { person: by, scopes: ['read'] } })
    return answer.annotations.map(({ at, title }) => `${at.slice(0, 10)} ${title}`)
  }
  expect(await told('component:default/shop')).toEqual(['2026-05-04 Fast tests begins', '2026-06-01 Fast tests is finished'])
  expect(await told('component:default/till')).toEqual([])
})

const [portfolio, , readOne] = investmentOperations
const context = () => ({ ...ground, caller: { person: by, scopes: ['read' as const] } })
const asked = (ask: Record<string, unknown>) => portfolio.run(portfolio.input.parse({ resamples: 0, ...ask }), context())

test('a portfolio is chosen within people-weeks, and says what it closes, what it leaves out and why', async () => {
  const told = await asked({ peopleWeeks: 25, resamples: 45 })
  expect(told).toMatchObject({ feasible: true, chosen: ['investment:default/a', 'investment:default/b'], value: 1, peopleWeeks: 21 })
  expect(told.headline).toBe(
    'Choose 2 of 4 for 21 people-weeks: expected to close 100 % of the gap of "faster".'.replace('"faster"', '"Faster"'),
  )
  expect(told.leftOut).toMatchObject([
    { ref: 'investment:default/lost', why: 'It needs investment:default/elsewhere, which nobody wrote down' },
  ])
  expect(told.investments.find(({ ref }) => ref === 'investment:default/vague')).toMatchObject({
    worth: null,
    unknown: { why: expect.stringContaining('it has no target') },
  })
  expect(told.resamples).toEqual({ asked: 45, done: 45, infeasible: 0 })
  expect(told.chosenShare['investment:default/a']).toBeGreaterThan(0.5)
  expect(told.chosenShare['investment:default/vague']).toBe(0)
})

test('a floor calls for what has no known worth, and one that cannot be kept says which limit stands in the way', async () => {
  expect((await asked({ peopleWeeks: 14, floor: 'safer' })).chosen).toEqual(['investment:default/a', 'investment:default/vague'])
  const told = await asked({ peopleWeeks: 20, floor: 'faster=24' })
  expect(told).toMatchObject({
    feasible: false,
    chosen: [],
    value: null,
    inTheWay: [
      { limit: 'peopleWeeks', has: 20, needs: 33 },
      { limit: 'floor', needs: 12 },
    ],
  })
  await expect(asked({ floor: 'nowhere' })).rejects.toMatchObject({ problem: { code: 'portfolio.unknown_outcome' } })
  expect(portfolio.input.safeParse({ floor: 'faster=' }).success).toBe(false)
})

test('one investment tells who needs it; one that is not there is refused', async () => {
  const told = await readOne.run({ ref: 'investment:default/fast-tests' }, context())
  expect(told.neededBy).toEqual([{ ref: 'investment:default/b', title: 'b' }])
  await expect(readOne.run({ ref: 'investment:default/none' }, context())).rejects.toMatchObject({ status: 404 })
})
