import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BY, caller, document, go, inbox, look, minutes, present, slo, openBurning } from '../../../../test/support/burning.ts'
import type { TestGround } from '../../../../test/support/ground.ts'
import { DAY, formatInstant, HOUR, MINUTE } from '../../../ground/core/index.ts'
import { slosOf } from '../store/slos.ts'
import { statusesOf } from '../store/statuses.ts'
import { previewOf } from './preview.ts'
import { rulesOperation } from './rules.ts'

let ground: TestGround
beforeAll(async () => {
  ground = await openBurning()
})
afterAll(() => ground.store.close())

describe('burn is counted as the budget is', () => {
  const standingOf = async (name: string) =>
    (await inbox()).standing
      .filter(({ slo: ref }) => ref === `slo:default/${name}`)
      .map(({ severity, rule, seen }) => ({ severity, rule, seen }))

  test('by slices: errors that cost no slice burn nothing, where by events they would page', async () => {
    await slo('steady', 'steady', {
      budgetingMethod: 'Timeslices',
      objectives: [{ target: 0.99, timeSliceTarget: 0.7, timeSliceWindow: '1m' }],
    })
    await slo('steady-events', 'steady', { objectives: [{ target: 0.99 }] })
    await minutes('steady', 60, 25)
    go(HOUR)
    await look()
    expect(await standingOf('steady')).toEqual([])
    expect((await standingOf('steady-events')).map(({ severity }) => severity)).toEqual(['page', 'ticket'])
    await minutes('steady', 15, 40)
    go(15 * MINUTE)
    await look()
    // A quarter of the slices of an hour are lost: 25 times what 1 % can bear.
    expect((await standingOf('steady'))[0]).toMatchObject({
      severity: 'page',
      seen: { windows: [{ burn: expect.closeTo(25, 6) }, { burn: expect.closeTo(100, 6) }] },
    })
    await ground.catalog.remove('slo:default/steady', { by: BY })
    await ground.catalog.remove('slo:default/steady-events', { by: BY })
  })

  test('by weights in a composite, and over windows somebody has chosen for a period', async () => {
    await ground.catalog.write(
      {
        apiVersion: 'throughline.dev/v1',
        kind: 'AlertWindows',
        metadata: { name: 'week' },
        spec: { period: '7d', pairs: [{ severity: 'page', long: '30m', short: '10m', budget: '5%' }] },
      },
      { by: BY },
    )
    const part = (weight: number, target: number) => ({ indicatorRef: 'answers', target, compositeWeight: weight })
    await slo('journey', 'journey', {
      timeWindow: [{ duration: '7d', isRolling: true }],
      indicatorRef: undefined,
      objectives: [part(1, 0.99), part(2, 0.98)],
    })
    await minutes('journey', 30, 10)
    go(30 * MINUTE)
    await look()
    // 10 % lost: burns of 10 and 5, the second twice; 5 % of a week in half an hour is a factor of 16.8.
    expect(await standingOf('journey')).toMatchObject([
      {
        severity: 'page',
        seen: { threshold: 16.8, windows: [{ seconds: 1800, burn: expect.closeTo(20, 6), events: 6_000 }, { seconds: 600 }] },
      },
    ])
    await ground.catalog.remove('slo:default/journey', { by: BY })
  })
})

test('silence that is bad burns once samples are late, not before the first of them, and as the status says', async () => {
  await slo('heard', 'radio', {}, { 'throughline.dev/no-data': 'bad' })
  const standing = async () => (await inbox()).standing.filter(({ slo: ref }) => ref === 'slo:default/heard')
  await minutes('radio', 10)
  go(14 * MINUTE)
  await look()
  expect(await standing()).toEqual([])
  go(6 * MINUTE)
  await look()
  // Ten good minutes, ten silent ones of which five may be on their way: a third is lost, where 0.1 % is borne.
  expect((await standing())[0]).toMatchObject({
    severity: 'page',
    seen: { windows: [{ burn: expect.closeTo(1_000 / 3, 6) }, { burn: expect.closeTo(1_000, 6) }] },
  })
  const [status] = await statusesOf(await slosOf(ground, { refs: ['slo:default/heard'] }), { at: present(), asOf: null }, ground)
  expect(status!.burn).toMatchObject({ '5m': expect.closeTo(1_000, 6), '1h': expect.closeTo(1_000 / 3, 6) })
  await ground.catalog.remove('slo:default/heard', { by: BY })
})

test('a draft is tried on the past: what would have been kept, and when it would have fired', async () => {
  await minutes('draft', 2 * 24 * 60)
  go(2 * DAY)
  await minutes('draft', 20, 50)
  go(20 * MINUTE)
  await minutes('draft', 24 * 60)
  go(DAY)
  const draft = {
    service: 'component:default/draft',
    indicator: 'answers',
    window: '28d',
    slice: '1m',
    sliceTarget: 0.9,
    leastEvents: 0,
    silence: 'unknown',
    days: 7,
  } as const
  const tried = await previewOf({ ...draft, target: 0.999, method: 'occurrences' }, present(), ground)
  expect(tried.kept).toBeCloseTo(1 - 1_000 / 434_000, 12)
  expect(tried.minutes).toEqual({ of: 7 * 1440, said: 4340 })
  expect(tried.counts).toEqual({ page: 1, ticket: 1 })
  expect(tried.fired[0]).toMatchObject({ severity: 'page', from: formatInstant(present() - DAY - 18 * MINUTE) })
  expect(tried.oneFailureBelow).toBe(75)
  const sliced = await previewOf({ ...draft, target: 0.99, method: 'timeslices' }, present(), ground)
  expect(sliced.kept).toBeCloseTo(1 - 20 / 4340, 12)
  expect(sliced.fired.map(({ severity }) => severity)).toContain('page')
  expect((await previewOf({ ...draft, target: 0.9, method: 'occurrences' }, present(), ground)).unreachable).toEqual([
    { severity: 'page', burn: 13.44 },
  ])
  expect(
    await previewOf({ ...draft, service: 'component:default/nobody', target: 0.9, method: 'occurrences' }, present(), ground),
  ).toMatchObject({ kept: null, n: 0, fired: [] })
})

test('rules leave out what Prometheus cannot know, and say so', async () => {
  await document('SLI', 'asked', {
    ratioMetric: {
      counter: true,
      good: { metricSource: { type: 'Prometheus', spec: { query: 'ok' } } },
      total: { metricSource: { type: 'Prometheus', spec: { query: 'all' } } },
    },
  })
  await slo('orders', 'basket')
  await slo('asked', 'basket', { indicatorRef: 'asked' })
  const made = await rulesOperation.run({ scope: 'default', exact: false } as never, { ...ground, caller } as never)
  expect(made).toMatchObject({ groups: 1, rules: 16 })
  expect(made.leftOut).toContainEqual({
    slo: 'slo:default/orders',
    objective: 'objective-1',
    why: 'Its samples are sent here',
    fix: expect.any(String),
  })
  await expect(
    rulesOperation.run({ scope: 'default', slo: 'nothing', exact: false } as never, { ...ground, caller } as never),
  ).rejects.toMatchObject({ problem: { code: 'slo.unknown' } })
})
