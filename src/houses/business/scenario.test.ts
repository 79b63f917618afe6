import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { DAY, HOUR, type Reading } from '../../ground/core/index.ts'
import { parseEvidence } from '../../ground/ledger/index.ts'
import { instantIn } from '../../ground/measures/index.ts'
import { sql } from '../../ground/store/index.ts'
import { businessOperations, installBusiness } from './index.ts'
import { happened, scopeOf } from './store/scope.ts'
import { late, measures, NOW, onTime, ZONE } from './scenario.test-data.ts'

const by = 'user:default/test'
let ground: TestGround

beforeAll(async () => {
  ground = await testGround({ now: NOW, install: [installBusiness] })
  const components = ['app', 'shop', 'web'].map((name) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    spec: { type: 'service', lifecycle: 'production', owner: 'unknown' },
  }))
  const applied = await ground.catalog.applyFolder('/intent', [...components, ...measures], { by })
  expect(applied.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  await say(onTime)
  ground.setNow(NOW + HOUR)
  await say(late)
  ground.setNow(NOW + 2 * HOUR)
})
afterAll(() => ground.store.close())

async function say(inputs: readonly unknown[]) {
  const records = inputs.map((input) => {
    const read = parseEvidence(input)
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    return read.value
  })
  await ground.ledger.append(records, { by })
}

/** Before and after the late events came, both of the same afternoon. */
const KNOWN = { before: NOW + 60_000, after: NOW + 2 * HOUR }
const moment = (text: string) => instantIn(ZONE, text, 'from')

function read(measure: string, from: string, to: string, known: keyof typeof KNOWN = 'after', subject?: string): Promise<Reading> {
  return ground.measures.read({
    measure,
    subject: subject ?? `component:default/${measure.split('.')[0]}`,
    from: moment(from),
    to: moment(to),
    at: NOW,
    asOf: KNOWN[known],
    zone: ZONE,
  })
}

async function ask(id: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
  const operation = businessOperations.find((one) => one.id === id)!
  const asked = operation.input.parse({ at: new Date(NOW).toISOString(), zone: ZONE, ...input })
  return operation.output.parse(await operation.run(asked as never, ground as never)) as Record<string, unknown>
}

describe('activation', () => {
  test('is the share of those whose seven days are over that booked in them; whoever still has time is told apart', async () => {
    // Over: a1 to a6, b1 to b5, c1 to c5, d1. Booked in time: a1, a4, d1. Still open: d2, d3. a6 signed up twice.
    const reading = await read('app.activation', '2026-03-16', '2026-04-13')
    expect(reading).toMatchObject({
      value: 3 / 17,
      n: 17,
      unit: 'ratio',
      excluded: [
        { code: 'repeated_start', count: 1 },
        { code: 'still_open', count: 2 },
      ],
    })
    expect(reading.interval!.low).toBeGreaterThan(0.05)
    expect(reading.interval!.high).toBeLessThan(0.42)
  })

  test('of a window in which nobody’s time is over is unknown, and says when it will be', async () => {
    expect((await read('app.activation', '2026-04-13', '2026-04-15')).unknown).toMatchObject({
      code: 'still_open',
      fix: expect.stringContaining('21 April'),
    })
  })

  test('in buckets hides the few, and names what was never heard of', async () => {
    const weeks = await ground.measures.readMany({
      measure: 'app.activation',
      subject: 'component:default/app',
      from: moment('2026-03-16'),
      to: moment('2026-04-13'),
      at: NOW,
      bucket: 'week',
      zone: ZONE,
    })
    expect(weeks.map(({ value, n, unknown }) => unknown?.code ?? [value, n])).toEqual([[2 / 6, 6], [0, 5], [0, 5], 'small_group'])
    expect((await read('app.activation', '2026-03-16', '2026-04-13', 'after', 'component:default/web')).unknown!.code).toBe(
      'event_never_seen',
    )
  })

  test('has the records behind it, without anybody’s name', async () => {
    const rows = await ground.measures.rows({
      measure: 'app.activation',
      subject: 'component:default/app',
      from: moment('2026-03-16'),
      to: moment('2026-04-13'),
      at: NOW,
    })
    const told = (value: number | null, excluded?: string) => rows.filter((row) => row.value === value && row.excluded === excluded).length
    expect([rows.length, told(1), told(0), told(null, 'still_open'), told(null, 'repeated_start')]).toEqual([20, 3, 14, 2, 1])
    expect(JSON.stringify(rows)).not.toMatch(/person:/)
  })
})

describe('retention', () => {
  /** What came of each cohort, week by week: people who came back, and why there is no number. */
  const TABLE = [
    ['2026-03-15T23:00:00.000Z', 6, [2, 2, 2, 'incomplete']],
    ['2026-03-22T23:00:00.000Z', 5, [2, 1, 'incomplete', 'incomplete']],
    ['2026-03-29T22:00:00.000Z', 5, [1, 'incomplete', 'incomplete', 'incomplete']],
    ['2026-04-05T22:00:00.000Z', null, ['incomplete', 'incomplete', 'incomplete', 'incomplete']],
    ['2026-04-12T22:00:00.000Z', 5, ['incomplete', 'incomplete', 'incomplete', 'incomplete']],
  ]
  const cohorts = async (more: Record<string, unknown> = {}) => {
    const told = await ask('cohorts.read', {
      measure: 'app.retention',
      subject: 'component:default/app',
      from: '2026-03-16',
      to: '2026-04-15',
      periods: '4',
      ...more,
    })
    const rows = (told.cohorts as { from: string; size: number | null; cells: { returned: number | null; why?: string }[] }[]).map(
      ({ from, size, cells }) => [from, size, cells.map(({ returned, why }) => why ?? returned)],
    )
    return { told, rows }
  }

  test('is a table of weeks as Oslo has them, the week that lost an hour included; what is not over has no number', async () => {
    const { told, rows } = await cohorts()
    expect(rows).toEqual(TABLE)
    expect(told.excluded).toEqual([
      { code: 'incomplete_cohort', count: 8 },
      { code: 'small_cohort', count: 3 },
      { code: 'repeated_start', count: 1 },
    ])
  })

  test('has a curve over the cohorts that are old enough, with an interval', async () => {
    const { told } = await cohorts()
    const curve = told.curve as { returned: number; n: number; share: number | null; cohorts: number; interval?: { low: number } }[]
    expect(curve.map(({ returned, n, cohorts: rests }) => [returned, n, rests])).toEqual([
      [5, 16, 3],
      [3, 11, 2],
      [2, 6, 1],
      [0, 0, 0],
    ])
    expect([curve[0]!.share, curve[3]!.share]).toEqual([5 / 16, null])
    expect(curve[0]!.interval!.low).toBeGreaterThan(0.1)
  })

  test('before the late event was known had one less, and still has as of then', async () => {
    const { rows } = await cohorts({ asOf: new Date(KNOWN.before).toISOString() })
    expect(rows.map(([, , cells]) => (cells as unknown[])[0])).toEqual([2, 1, 1, 'incomplete', 'incomplete'])
  })

  test('as a measure is the week after, over every cohort for which that is over', async () => {
    expect(await read('app.retention', '2026-03-16', '2026-04-13')).toMatchObject({
      value: 5 / 16,
      n: 16,
      excluded: [
        { code: 'incomplete_cohort', count: 3 },
        { code: 'repeated_start', count: 1 },
      ],
    })
    expect(await read('app.retention', '2026-03-16', '2026-04-13', 'before')).toMatchObject({ value: 4 / 16, n: 16 })
    const rows = await ground.measures.rows({
      measure: 'app.retention',
      subject: 'component:default/app',
      from: moment('2026-03-16'),
      to: moment('2026-04-13'),
      at: NOW,
    })
    expect(rows.filter(({ value }) => value === 1).map(({ id }) => id.slice('product_event:app/'.length, -31))).toEqual([
      'c1',
      'b4',
      'b1',
      'a2',
      'a1',
    ])
  })

  test('refuses what has no cohorts, and says how to ask it', async () => {
    await expect(ask('cohorts.read', { measure: 'web.purchase' })).rejects.toMatchObject({
      problem: { code: 'business.not_retention', fix: expect.stringContaining('throughline funnel') },
    })
    await expect(ask('cohorts.read', { measure: 'nowhere' })).rejects.toMatchObject({ status: 404 })
  })
})

describe('revenue per user', () => {
  test('is money less refunds by those who paid, one currency at a time', async () => {
    // p1 20 − 5, p2 10.10 + 0.20, p5 −30, p6 15, later p7 12; p4's refund was never paid for.
    expect(await read('shop.eur_per_payer', '2026-04-01', '2026-05-01', 'before')).toMatchObject({ value: 10.3 / 3, n: 3, unit: 'EUR' })
    expect(await read('shop.eur_per_payer', '2026-04-01', '2026-05-01')).toMatchObject({
      value: 22.3 / 4,
      n: 4,
      excluded: [
        { code: 'other_currency', count: 1 },
        { code: 'refund_without_payment', count: 1 },
      ],
    })
    expect(await read('shop.nok_per_payer', '2026-04-01', '2026-05-01')).toMatchObject({ value: 100, n: 1, unit: 'NOK' })
  })

  test('by those who were active divides the same money by more', async () => {
    // p1, p2, p3 and p9 opened it; p8 will.
    expect(await read('shop.eur_per_active', '2026-04-01', '2026-05-01')).toMatchObject({ value: 22.3 / 4, n: 4 })
    expect(await read('shop.eur_per_active', '2026-04-01', '2026-04-03')).toMatchObject({ value: 35 / 3, n: 3 })
  })

  test('is unknown where nobody paid, and where the currency was never heard of; not zero', async () => {
    expect((await read('shop.eur_per_payer', '2026-02-01', '2026-03-01')).unknown!.code).toBe('nobody_paid')
    expect((await read('shop.eur_per_payer', '2026-04-01', '2026-05-01', 'after', 'component:default/web')).unknown!.code).toBe(
      'no_revenue',
    )
  })

  test('lists every amount, and why one does not count', async () => {
    const rows = await ground.measures.rows({
      measure: 'shop.eur_per_payer',
      subject: 'component:default/shop',
      from: moment('2026-04-01'),
      to: moment('2026-05-01'),
      at: NOW,
    })
    expect(rows.map(({ value, unit, excluded }) => [value, unit, excluded])).toEqual([
      [12, 'EUR', undefined],
      [-30, 'EUR', undefined],
      [-7, 'EUR', 'refund_without_payment'],
      [100, 'NOK', 'other_currency'],
      [0.2, 'EUR', undefined],
      [10.1, 'EUR', undefined],
      [-5, 'EUR', undefined],
      [20, 'EUR', undefined],
      [15, 'EUR', undefined],
    ])
  })
})

describe('a funnel', () => {
  const funnel = async (known: keyof typeof KNOWN) => {
    const told = await ask('funnel.read', {
      measure: 'web.purchase',
      subject: 'component:default/web',
      from: '2026-04-01',
      to: '2026-04-16',
      asOf: new Date(KNOWN[known]).toISOString(),
    })
    return { ...told, people: (told.steps as { people: number }[]).map(({ people }) => people) }
  }

  test('counts people by their furthest step, in order and in time, with the attempt that got furthest', async () => {
    // Viewed: f1 to f5 and f7. Then carted: f1, f4, f5, f7. Then bought: f1, f4. f6 still has time. Two leave each time, but two of four weigh more.
    expect(await funnel('before')).toMatchObject({ people: [6, 4, 2], excluded: [{ code: 'still_open', count: 1 }], biggestDrop: 'bought' })
    expect((await funnel('after')).people).toEqual([6, 5, 3])
    expect(await read('web.purchase', '2026-04-01', '2026-04-16')).toMatchObject({ value: 3 / 6, n: 6 })
  })

  test('lists every attempt with the steps it took', async () => {
    const rows = await ground.measures.rows({
      measure: 'web.purchase',
      subject: 'component:default/web',
      from: moment('2026-04-01'),
      to: moment('2026-04-16'),
      at: NOW,
    })
    const taken = Object.fromEntries(
      rows.map(({ id, parts, value }) => [id.slice('product_event:app/'.length, -7), [parts.steps_taken, value]]),
    )
    expect(taken).toEqual({
      'f6/viewed/2026-04-15T11': [1, null],
      'f4/viewed/2026-04-03T10': [3, 1],
      'f1/viewed/2026-04-01T10': [3, 1],
      'f2/viewed/2026-04-01T10': [3, 1],
      'f3/viewed/2026-04-01T10': [1, 0],
      'f4/viewed/2026-04-01T10': [1, 0],
      'f5/viewed/2026-04-01T10': [2, 0],
      'f7/viewed/2026-04-01T10': [2, 0],
    })
  })
})

test('a measure says when its unit cannot be what it answers in, or a step comes twice', async () => {
  const [draft] = measures
  const wrong = (more: Record<string, unknown>) =>
    ground.catalog.checkDraft({ ...draft!, spec: { ...draft!.spec, ...more } }).map(({ path }) => path)
  expect(wrong({ unit: 'EUR' })).toEqual(['spec.unit'])
  expect(wrong({ source: { kind: 'funnel', steps: ['a', 'a'], within: '1d' } })).toEqual(['spec.source.steps'])
  expect(wrong({ source: { kind: 'activation', start: 'a', value: 'b', within: '-1d' } })).toEqual(['spec.source.within'])
})

test('who did what first is told by one index, now and as of a moment past', async () => {
  await ground.store.query(sql`
    insert into evidence_product_event (subject, source, id, at, learned_from, hash, basis, name, actor)
    select 'component:default/app', 'many', n::text, timestamptz '2026-01-01' + n * interval '1 minute', '2026-04-15', 'h', 1, 'event ' || n % 20, 'u' || n % 500
    from generate_series(1, 20000) n`)
  await ground.store.query(sql`vacuum analyze evidence_product_event`)
  const shares = await ground.catalog.shares('component:default/app')
  for (const asOf of [null, NOW]) {
    const scope = await scopeOf(ground, {
      pieces: [{ subject: 'component:default/app', shares, window: { from: NOW - DAY, to: NOW } }],
      at: NOW,
      asOf,
    })
    const plan = await ground.store.query<Record<string, string>>(
      sql`explain with ${scope.tables} select e.actor, min(e.at) from ${happened(scope, 'event 7')} group by e.actor`,
    )
    expect(plan.flatMap(Object.values).join('\n')).toContain('evidence_product_event_actor')
  }
})

test('whose names were joined counts once, from then on, by whatever name; taken back they are two again', async () => {
  const { people } = ground.identity
  const asOf = async (at: number) =>
    ground.measures.read({
      measure: 'app.activation',
      subject: 'component:default/app',
      from: moment('2026-03-16'),
      to: moment('2026-04-13'),
      at: NOW,
      asOf: at,
    })
  ground.setNow(NOW + 3 * HOUR)
  const joined = await people.merge('a2', 'a4', by) // a4 began later, and booked a day after a2's seven days had not yet passed
  ground.setNow(NOW + 4 * HOUR)
  expect(await asOf(NOW + 4 * HOUR)).toMatchObject({ value: 3 / 16, n: 16, excluded: [{ code: 'repeated_start', count: 2 }, { count: 2 }] })
  expect(await asOf(KNOWN.after)).toMatchObject({ value: 3 / 17, n: 17 })
  const rows = await ground.measures.rows({
    measure: 'app.activation',
    subject: 'component:default/app',
    from: moment('2026-03-16'),
    to: moment('2026-03-19'),
    at: NOW,
  })
  const told = Object.fromEntries(
    rows.map(({ id, value, excluded }) => [id.slice('product_event:app/'.length).split('/')[0], excluded ?? value]),
  )
  expect(told).toEqual({ a1: 1, a2: 1, a3: 0, a4: 'repeated_start' })
  await people.undo(joined.id)
  expect(await asOf(NOW + 5 * HOUR)).toMatchObject({ value: 3 / 17, n: 17 })
})
