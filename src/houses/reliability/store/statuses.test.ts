import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../../test/support/ground.ts'
import type { EntityDraft } from '../../../ground/catalog/index.ts'
import { DAY, formatInstant, HOUR, type Instant, MINUTE } from '../../../ground/core/index.ts'
import { type Evidence, parseEvidence } from '../../../ground/ledger/index.ts'
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
