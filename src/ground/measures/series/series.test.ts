import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testGround, type TestGround } from '../../../../test/support/ground.ts'
import { DAY, formatInstant } from '../../core/index.ts'
import type { Evidence } from '../../ledger/index.ts'
import { measureOperations, seriesOperations } from '../index.ts'
import { draw } from '../time/drawn.test-data.ts'

const NOW = Date.parse('2026-06-01T00:00:00Z')
const me = { by: 'user:default/me' as const }
const SHOP = 'component:default/shop'

let ground: TestGround
beforeAll(async () => {
  ground = await testGround({ now: NOW })
  ground.catalog.registerSubjects(async (namespace) => (namespace === 'default' ? [SHOP, 'component:default/till'] : []))
  ground.measures.register({
    id: 'test.hours',
    title: 'Hours',
    question: 'How long is a piece?',
    unit: 'h',
    better: 'lower',
    definition: 'Hours of the window.',
    kinds: [],
    collect: async ({ pieces }) =>
      pieces.map(({ window }) => ({ shape: 'number', value: (window.to - window.from) / 3_600_000, n: 1, excluded: {}, withData: 1 })),
  })
})
afterAll(() => ground.store.close())

const [readSeries, readAnnotations, listChanges] = seriesOperations
const [, readMeasure] = measureOperations
type Ask = Partial<Parameters<typeof readSeries.run>[0]> & { id: string }
const context = () => ({ ...ground, caller: { person: 'user:default/me', scopes: ['read' as const] } })
const series = (ask: Ask) => readSeries.run({ zone: 'UTC', level: 0.8, ...ask }, context())

let sent = 0
async function send(measure: string, values: readonly (readonly [at: string, value: number])[], subject = SHOP) {
  const records = values.map(([at, value]) => ({ kind: 'measurement', source: 'shop', id: `m${sent++}`, subject, at, measure, value }))
  const { accepted } = await ground.ledger.append(records as Evidence[], me)
  expect(accepted).toBe(records.length)
}
/** One value a day, up to yesterday. */
const daily = (values: readonly number[]) =>
  values.map((value, index) => [formatInstant(NOW - (values.length - index) * DAY), value] as const)
const declare = (name: string, keep: 'sum' | 'last') =>
  ground.catalog.write(
    {
      apiVersion: 'throughline.dev/v1',
      kind: 'Measure',
      metadata: { name },
      spec: { question: 'How much?', unit: 'count', better: 'higher', source: { kind: 'series', keep } },
    },
    me,
  )

describe('the values of a measure that is sent in', () => {
  test('stand as they came; in buckets several of a day make their mean, their sum or the last, as its entity says', async () => {
    const came = [
      ['2026-05-04T08:00:00Z', 4],
      ['2026-05-04T20:00:00Z', 8],
      ['2026-05-06T08:00:00Z', 1],
    ] as const
    await declare('kept.sum', 'sum')
    await declare('kept.last', 'last')
    for (const measure of ['kept.mean', 'kept.sum', 'kept.last']) await send(measure, came)
    const { points, bucket, n } = await series({ id: 'kept.mean' })
    expect({ points: points.map(({ at, value }) => [at.replace('.000', ''), value]), bucket, n }).toEqual({
      points: came,
      bucket: null,
      n: 3,
    })
    const days = async (id: string) =>
      (await series({ id, bucket: 'day', to: '2026-05-08' })).points.map(({ value, n: behind }) => [value, behind])
    // A day nobody told of is missing, not zero.
    expect(await days('kept.mean')).toEqual([
      [6, 2],
      [null, 0],
      [1, 1],
      [null, 0],
    ])
    expect(await days('kept.sum')).toEqual([
      [12, 2],
      [null, 0],
      [1, 1],
      [null, 0],
    ])
    expect(await days('kept.last')).toEqual([
      [8, 2],
      [null, 0],
      [1, 1],
      [null, 0],
    ])
  })
  test('by week are not what readings are, and both answers say so', async () => {
    await declare('week.sum', 'sum')
    await send('week.sum', [
      ['2026-05-04T08:00:00Z', 4],
      ['2026-05-05T08:00:00Z', 8],
      ['2026-05-06T08:00:00Z', 9],
    ])
    const { points, pointIs } = await series({ id: 'week.sum', bucket: 'week', from: '2026-05-04', to: '2026-05-11' })
    expect(points.map(({ value }) => value)).toEqual([21])
    expect(pointIs).toMatch(/^A point is the week with the sum of its values; a reading .* Median of the days of the window/)
    const { readings, readingIs } = await readMeasure.run(
      { id: 'week.sum', bucket: 'week', from: '2026-05-04', to: '2026-05-11', zone: 'UTC' },
      context(),
    )
    expect(readings.map(({ value }) => value)).toEqual([8])
    expect(readingIs).toMatch(/Median of the days .* is the week with the sum of its values\.$/)
  })
  test('fall into the days of the zone asked for, also where the clock is changed', async () => {
    // In Berlin 29 March 2026 has 23 hours: 22:30 UTC is already the next day.
    await send('zoned', [
      ['2026-03-28T22:30:00Z', 1],
      ['2026-03-29T21:59:00Z', 2],
      ['2026-03-29T22:30:00Z', 4],
    ])
    const { points } = await series({ id: 'zoned', bucket: 'day', zone: 'Europe/Berlin', from: '2026-03-28', to: '2026-03-31' })
    expect(points.map(({ at, to, value }) => [at, to, value])).toEqual([
      ['2026-03-27T23:00:00.000Z', '2026-03-28T23:00:00.000Z', 1],
      ['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z', 2],
      ['2026-03-29T22:00:00.000Z', '2026-03-30T22:00:00.000Z', 4],
    ])
  })
  test('of several subjects are one series; asked as of before they were known, they are not there', async () => {
    await declare('rolled', 'sum')
    await send('rolled', [['2026-05-04T08:00:00Z', 5]])
    await send('rolled', [['2026-05-04T09:00:00Z', 7]], 'component:default/till')
    expect((await series({ id: 'rolled', bucket: 'month' })).points.map(({ value, n }) => [value, n])).toEqual([[12, 2]])
    expect((await series({ id: 'rolled', bucket: 'month', subject: SHOP })).points.map(({ value, n }) => [value, n])).toEqual([[5, 1]])
    const before = await series({ id: 'rolled', bucket: 'month', asOf: '2026-05-20' })
    expect({ points: before.points, unknown: before.unknown?.code }).toEqual({ points: [], unknown: 'not_registered' })
  })
})

describe('what is found in a series', () => {
  test('the change, the trend since then, and a forecast of the days right after the last known one, with its back-test', async () => {
    await declare('shifted', 'last')
    await send('shifted', daily(draw(5, { days: 300, shift: { at: 200, size: 4 } })))
    const told = await series({ id: 'shifted', forecast: '4w' })
    const [change, ...others] = told.changes
    expect(others).toEqual([])
    expect(Math.abs(Date.parse(change!.at) - (NOW - 100 * DAY)) / DAY).toBeLessThanOrEqual(3)
    expect(change).toMatchObject({ effect: 'better' })
    expect(change!.after - change!.before).toBeCloseTo(4, 0)
    expect(told.trend).toMatchObject({ direction: 'steady', level: 0.95 })
    expect(told.trend!.n).toBeGreaterThan(90)
    expect(told.forecast!.map(({ at }) => at)).toEqual(Array.from({ length: 28 }, (_, day) => formatInstant(NOW + day * DAY)))
    expect(told.forecast![0]!.level).toBe(0.8)
    expect(told.backTest!.n).toBeGreaterThan(500)
    expect(told.untold).toEqual([])
  })
  test('of one value nothing is found, and each part says why and what would help', async () => {
    await send('single', [['2026-05-30T08:00:00Z', 5]])
    const { points, trend, changes, forecast, untold } = await series({ id: 'single', forecast: '28d' })
    expect({ values: points.map(({ value }) => value), trend, changes, forecast }).toEqual({
      values: [5],
      trend: null,
      changes: [],
      forecast: undefined,
    })
    expect(untold.map(({ part, code }) => [part, code])).toEqual([
      ['trend', 'too_few_points'],
      ['changes', 'too_few_points'],
      ['forecast', 'too_few_points'],
    ])
    expect(untold[2]!.why).toBe('1 known day is too few for a forecast: it takes 56.')
  })
  test('half a week at the edge is shown and concludes nothing', async () => {
    const { points, bucket, trend } = await series({ id: 'test.hours', from: '2026-01-01', to: '2026-05-28', bucket: 'week' })
    expect(bucket).toBe('week')
    expect(points.filter(({ partial }) => partial).map(({ at, value }) => [at.slice(0, 10), value])).toEqual([
      ['2026-01-01', 96],
      ['2026-05-25', 72],
    ])
    expect(trend).toMatchObject({ direction: 'steady', n: 20, from: { value: 168 } })
  })
  test('a forecast that cannot be read or lies too far off is refused with the way out', async () => {
    await expect(series({ id: 'single', forecast: 'soon' })).rejects.toMatchObject({
      problem: { code: 'quantity.bad_duration', path: 'forecast' },
    })
    await expect(series({ id: 'single', forecast: '90w' })).rejects.toMatchObject({ problem: { code: 'series.too_far', path: 'forecast' } })
  })
})

test('what else happened is told by bucket: deployments, incidents, decisions; not what was taken back or came later', async () => {
  const deployment = (id: string, at: string, more = {}) => ({
    kind: 'deployment',
    source: 'ci',
    id,
    subject: SHOP,
    at,
    environment: 'production',
    commit: 'a'.repeat(40),
    finishedAt: at,
    outcome: 'success',
    ...more,
  })
  const happened = [
    deployment('d1', '2026-05-04T08:00:00Z'),
    deployment('d2', '2026-05-04T09:00:00Z'),
    deployment('d3', '2026-05-05T09:00:00Z', { outcome: 'failure' }),
    {
      kind: 'incident',
      source: 'pager',
      id: 'i1',
      subject: SHOP,
      at: '2026-05-06T08:00:00Z',
      title: 'Tills stand still',
      openedAt: '2026-05-06T08:00:00Z',
    },
  ]
  expect((await ground.ledger.append(happened as Evidence[], me)).accepted).toBe(4)
  await ground.catalog.write(
    {
      apiVersion: 'throughline.dev/v1',
      kind: 'Decision',
      metadata: { name: 'two-tills', title: 'Two tills' },
      spec: { status: 'accepted', date: '2026-05-06', affects: [SHOP] },
    },
    me,
  )
  const told = async (ask: { subject?: string; to?: string }) =>
    (await readAnnotations.run({ zone: 'UTC', from: '2026-05-01', to: '2026-06-01', bucket: 'day', ...ask }, context())).annotations
  expect(await told({})).toEqual([
    { at: '2026-05-04T09:00:00.000Z', kind: 'deployment', title: '2 deployments', count: 2, id: 'deployment:ci/d2', of: SHOP },
    { at: '2026-05-06T00:00:00.000Z', kind: 'decision', title: 'Two tills', count: 1, id: 'decision:default/two-tills' },
    { at: '2026-05-06T08:00:00.000Z', kind: 'incident', title: 'Tills stand still', count: 1, id: 'incident:pager/i1', of: SHOP },
  ])
  expect((await told({ subject: SHOP })).map(({ kind }) => kind)).toEqual(['deployment', 'decision', 'incident'])
  expect(await told({ subject: 'component:default/till' })).toEqual([])
  expect((await told({ to: '2026-05-06' })).map(({ kind }) => kind)).toEqual(['deployment'])
})

test('of all measures those that changed level lately are listed, worst first, with what happened around then; noise is not', async () => {
  await declare('late.worse', 'last')
  await declare('late.better', 'last')
  await declare('late.noise', 'last')
  await send('late.worse', daily(draw(11, { days: 150, shift: { at: 125, size: -4 } })))
  await send('late.better', daily(draw(12, { days: 150, shift: { at: 125, size: 5 } })))
  await send('late.noise', daily(draw(13, { days: 150 })))
  const { changes, looked, tooFew } = await listChanges.run({ scope: 'default', zone: 'UTC', since: '30d' }, context())
  expect(changes.map(({ measure, subject, effect }) => [measure, subject, effect])).toEqual([
    ['late.worse', SHOP, 'worse'],
    ['late.better', SHOP, 'better'],
  ])
  expect(changes[0]!.around.map(({ kind }) => kind)).toEqual(
    ['deployment', 'decision', 'incident'].filter(() => changes[0]!.at < '2026-05-09'),
  )
  expect(looked).toBeGreaterThan(8)
  expect(tooFew).toBeGreaterThan(3)
})
