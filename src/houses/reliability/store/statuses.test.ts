import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../../test/support/ground.ts'
import type { EntityDraft } from '../../../ground/catalog/index.ts'
import { DAY, formatInstant, HOUR, type Instant, MINUTE } from '../../../ground/core/index.ts'
import { type Evidence, parseEvidence } from '../../../ground/ledger/index.ts'
import { shipRows } from './ship.ts'
import { sloPage } from './slo-page.ts'
import { correct, withdraw } from '../corrections/corrections.ts'
import { installReliability, slosOf, statusesOf } from '../index.ts'

const by = 'user:default/test'
const NOW = Date.parse('2026-06-20T12:00:00Z')
let ground: TestGround

function samples(subject: string, from: Instant, minutes: number, good: (minute: number) => number): Evidence[] {
  return Array.from({ length: minutes }, (_, n) => {
    const windowStart = formatInstant(from + n * MINUTE)
    const read = parseEvidence({
      kind: 'sli',
      source: 'probe',
      subject,
      id: windowStart,
      at: windowStart,
      indicator: 'answered',
      windowStart,
      seconds: 60,
      good: good(n),
      total: 100,
    })
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    return read.value
  })
}
function promise(name: string, spec: object, metadata: object = {}): EntityDraft {
  const query = { metricSource: { type: 'prometheus', spec: { query: 'up' } } }
  return {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: { name, ...metadata },
    spec: {
      service: 'shop',
      indicator: { metadata: { name: 'answered' }, spec: { ratioMetric: { counter: true, good: query, total: query } } },
      timeWindow: [{ duration: '30d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ target: 0.999 }],
      ...spec,
    },
  }
}
const slices = { timeSliceTarget: 0.95, timeSliceWindow: '5m' }
const statuses = async (asOf: Instant | null = null, at = NOW) =>
  new Map((await statusesOf(await slosOf(ground), { at, asOf }, ground)).map((one) => [`${one.slo} ${one.objective}`, one]))

beforeAll(async () => {
  ground = await testGround({ now: NOW, install: [installReliability] })
  const written = [
    promise('events', {}),
    promise('two', {
      objectives: [
        { displayName: 'strict', target: 0.999 },
        { displayName: 'loose', target: 0.9 },
      ],
    }),
    promise('slices', { budgetingMethod: 'Timeslices', objectives: [{ target: 0.99, ...slices }] }),
    promise('month', { timeWindow: [{ duration: '1M', calendar: { startTime: '2026-01-01 00:00:00', timeZone: 'Europe/Berlin' } }] }),
    promise('silent', { service: 'nobody' }),
  ]
  for (const draft of written) await ground.catalog.write(draft, { by })
  // Ten days of 100 events a minute; half of the last hour's are bad.
  await ground.ledger.append(
    samples('component:default/shop', NOW - 10 * DAY, 10 * 1440, (n) => (n >= 10 * 1440 - 60 ? 50 : 100)),
    { by },
  )
})
afterAll(() => ground.store.close())

test('a promise has its budget, its burns and its forecast from the same minutes, by events and by slices', async () => {
  const found = await statuses()
  const spent = 3_000 / 1_440_000 / 0.001
  expect(found.get('slo:default/events objective-1')).toMatchObject({
    service: 'component:default/shop',
    target: 0.999,
    sli: expect.closeTo(1 - 3_000 / 1_440_000, 12),
    budget: {
      remaining: expect.closeTo(1 - spent, 9),
      minutesTotal: expect.closeTo(43.2, 9),
      minutesLeft: expect.closeTo(43.2 * (1 - spent), 6),
    },
    burn: {
      '5m': expect.closeTo(500, 9),
      '1h': expect.closeTo(500, 9),
      '6h': expect.closeTo(500 / 6, 9),
      '3d': expect.closeTo(500 / 72, 9),
    },
    n: 1_440_000,
    state: 'missed',
    lastAt: NOW,
    coverage: { of: 30 * 1440, said: 10 * 1440 },
  })
  expect(found.get('slo:default/slices objective-1')).toMatchObject({
    sli: expect.closeTo(1 - 12 / 2880, 12),
    burn: { '1h': expect.closeTo(100, 9), '30m': expect.closeTo(100, 9) },
    n: 1_440_000,
  })
  expect(found.get('slo:default/two loose')).toMatchObject({ state: 'met', budget: { remaining: expect.closeTo(1 - spent / 100, 9) } })
  expect(found.get('slo:default/two strict')).toMatchObject({ state: 'missed' })
})

test('a calendar month knows what has passed and what the whole month allows', async () => {
  const month = (await statuses()).get('slo:default/month objective-1')!
  expect(new Date(month.window.from).toISOString()).toBe('2026-05-31T22:00:00.000Z')
  expect(month.budget.minutesTotal).toBeCloseTo(43.2, 9)
  expect(month.budget.projected).toBeCloseTo(1 - (3_000 / 1_440_000 / 0.001) * ((NOW - month.window.from) / (30 * DAY)), 9)
})

test('without samples a promise is unknown, with what would help', async () => {
  expect((await statuses()).get('slo:default/silent objective-1')).toMatchObject({
    state: 'unknown',
    sli: null,
    lastAt: null,
    unknown: { code: 'no_samples', why: 'No samples of "answered" about component:default/nobody in the window.' },
  })
})

test('a correction cuts its span out, is told with who signed it, and counts again when it is taken back', async () => {
  const last = { from: NOW - HOUR, to: NOW }
  const asOf = await ground.catalog.present()
  ground.setNow(NOW + MINUTE)
  const { ref } = await correct(
    { subjects: ['component:default/shop'], ...last, reason: 'the database was moved' },
    { catalog: ground.catalog, by },
  )
  const corrected = (await statuses()).get('slo:default/events objective-1')!
  expect(corrected).toMatchObject({
    sli: 1,
    n: 1_434_000,
    burn: { '1h': null },
    coverage: { of: 30 * 1440 - 60, said: 10 * 1440 - 60 },
    corrections: [{ ref, reason: 'the database was moved', by }],
  })
  expect((await statuses()).get('slo:default/slices objective-1')).toMatchObject({ sli: 1, n: 1_434_000 })
  expect((await statuses(asOf)).get('slo:default/events objective-1')!.n).toBe(1_440_000)
  await withdraw(ref, true, { catalog: ground.catalog, by })
  expect((await statuses()).get('slo:default/events objective-1')).toMatchObject({ n: 1_440_000, corrections: [] })
  await withdraw(ref, false, { catalog: ground.catalog, by })
  expect((await statuses()).get('slo:default/events objective-1')!.n).toBe(1_434_000)
  const again = await correct({ subjects: ['slo:default/month'], ...last, reason: 'once more' }, { catalog: ground.catalog, by })
  expect(again.ref).not.toBe(ref)
  for (const one of [ref, again.ref]) await withdraw(one, true, { catalog: ground.catalog, by })
  await expect(
    correct({ subjects: ['slo:default/events'], from: NOW, to: NOW, reason: 'nothing' }, { catalog: ground.catalog, by }),
  ).rejects.toThrow('ends before it begins')
  for (const slip of ['slo:default/event', 'component:default/shopp'])
    await expect(correct({ subjects: [slip], ...last, reason: 'a slip' }, { catalog: ground.catalog, by })).rejects.toMatchObject({
      problem: { code: 'slo.nothing_promised' },
    })
})

test('outcomes can ask for the budget, the share of good events and the burn of a component; the worst promise answers', async () => {
  const at = NOW
  const ask = (measure: string, more: object = {}) =>
    ground.measures.read({ measure, subject: 'component:default/shop', from: NOW - DAY, to: NOW, at, ...more })
  const spent = 3_000 / 1_440_000
  expect(await ask('reliability.budget_remaining')).toMatchObject({
    value: expect.closeTo(1 - spent / 0.001, 9),
    unit: 'ratio',
    n: 1_440_000,
  })
  expect(await ask('reliability.budget_remaining', { where: { slo: 'slo:default/slices' } })).toMatchObject({
    value: expect.closeTo(1 - 12 / 2880 / 0.01, 9),
  })
  expect(await ask('reliability.sli', { where: { slo: 'events' } })).toMatchObject({
    value: expect.closeTo(1 - 3_000 / 144_000, 9),
    n: 144_000,
  })
  expect(await ask('reliability.burn_rate', { where: { slo: 'events' } })).toMatchObject({
    value: expect.closeTo(3_000 / 144_000 / 0.001, 6),
  })
  expect(await ask('reliability.sli', { subject: 'component:default/other' })).toMatchObject({ value: null, unknown: { code: 'no_slo' } })
  expect(await ask('reliability.sli', { subject: 'component:default/nobody' })).toMatchObject({
    value: null,
    unknown: { code: 'no_samples' },
  })
})

test('asked as of a moment it answers what it answered then', async () => {
  const then = await statuses()
  const asOf = ground.ledger.now()
  ground.setNow(NOW + HOUR)
  await ground.ledger.append(
    samples('component:default/shop', NOW - 20 * DAY, 60, () => 0),
    { by },
  )
  expect(await statuses(asOf)).toEqual(then)
  expect((await statuses()).get('slo:default/events objective-1')!.n).toBe(1_446_000)
})

test('the page of a promise: what is left at its end is what its steps and deployments did not spend; the money touched', async () => {
  const deployed = (id: string, at: Instant) => {
    const finishedAt = formatInstant(at)
    const read = parseEvidence({
      kind: 'deployment',
      source: 'ci',
      subject: 'component:default/shop',
      id,
      at: finishedAt,
      commit: 'abcdef1',
      finishedAt,
      outcome: 'success',
    })
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    return read.value
  }
  await ground.ledger.append([deployed('1', NOW - 5 * DAY), deployed('2', NOW - 2 * HOUR)], { by })
  const known = ground.ledger.now()
  const page = await sloPage(ground, { ref: 'slo:default/slices', at: NOW, asOf: null, known })
  const { remaining, minutesTotal } = page.status.budget
  expect(page.steps.at(-1)!.remaining).toBeCloseTo(remaining!, 9)
  expect(page.spenders.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1 - remaining!, 9)
  expect(page.spenders[0]).toMatchObject({ id: null, commit: null })
  expect(page.spenders[1]).toMatchObject({
    id: 'deployment:ci/2',
    commit: 'abcdef1',
    minutes: expect.closeTo((12 / 2892 / 0.01) * minutesTotal, 6),
  })
  expect(page.spenders[2]).toMatchObject({ id: 'deployment:ci/1', minutes: expect.closeTo(0, 9) })
  expect(page.happened.map(({ kind }) => kind)).toEqual(['deployment', 'deployment'])
  expect(page.money).toMatchObject({ measure: 'business.revenue_per_minute', amount: null, unknown: { code: 'no_revenue_measure' } })
  await expect(sloPage(ground, { ref: 'slo:default/none', at: NOW, asOf: null, known })).rejects.toThrow('There is no SLO slo:default/none')
  const { rows } = await shipRows(ground, { scope: 'default', at: NOW, asOf: null, known })
  expect(rows[0]!.status).toMatchObject({ state: 'missed' })
  expect(rows.at(-1)!.status).toMatchObject({ state: 'met', objective: 'loose' })
})
