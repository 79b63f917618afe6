import { afterAll, beforeAll, expect, test } from 'vitest'
import { testStore } from '../../../../test/support/store.ts'
import { DAY, formatInstant, HOUR, type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'
import { createLedger, type Evidence, type Ledger, parseEvidence } from '../../../ground/ledger/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'
import { assess } from '../assess/index.ts'
import type { Slo } from '../intent/index.ts'
import { minutesOf, sumsOf } from '../store/index.ts'
import { anyOldMinutes, dropOldMinutes, sliTable } from './index.ts'

const by = 'user:default/tester'
const START = Date.parse('2028-02-27T00:00:00Z')
const OLD = { from: START + 7 * HOUR + 13 * MINUTE, to: START + DAY + 9 * HOUR + 40 * MINUTE }

let store: Store
let ledger: Ledger
let now = START + 2 * DAY
const ground = () => ({ store, clock: () => now })

beforeAll(async () => {
  store = await testStore()
  ledger = createLedger({ store, clock: () => now, pseudonym: (person) => person })
  ledger.derives(sliTable({ store }))
})
afterAll(() => store.close())

function sample(subject: string, start: Instant, total: number, good: number): Evidence {
  const at = formatInstant(start)
  const read = parseEvidence({
    kind: 'sli',
    source: 'probe',
    subject,
    id: at,
    at,
    indicator: 'answers',
    windowStart: at,
    seconds: 60,
    good,
    total,
  })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}

/** Two days of hours of which every third minute is silent: few counts, ones that outgrow small slots, and fractions. */
const told = (subject: string, from: Instant, scale: number) =>
  Array.from({ length: 2 * 24 * 60 }, (_, n) => n)
    .filter((n) => n % 3 !== 2 && n % 1440 < 720)
    .map((n) => sample(subject, from + n * MINUTE, (10 + (n % 7)) * scale, (10 + (n % 7) - (n % 50 === 0 ? 3 : 0)) * scale))

const SUBJECTS = ['component:default/few', 'component:default/many', 'component:default/part'] as const
const ask = (subject: string) => ({ subject, indicator: 'answers' })
const answers = async (asOf: Instant | null = null, spans: readonly Window[] = [OLD, { from: START, to: START + 2 * DAY }]) => ({
  sums: await sumsOf(store, SUBJECTS.map(ask), spans, asOf),
  minutes: await Promise.all(SUBJECTS.map((subject) => minutesOf(store, ask(subject), OLD, asOf))),
})
const table = async () => ({
  hours: await store.query<{ hour: Instant; slots: boolean }>(sql`
    select *, coalesce(total_small::text, total_whole::text, total_exact::text) is not null as slots from sli_hour order by subject, indicator, hour`),
  days: await store.query(sql`select * from sli_day order by subject, indicator, day`),
})

test('minutes go after a hundred days, and answers stay the same as long as samples are kept, now and as of then', async () => {
  const records = [...told(SUBJECTS[0], START, 1), ...told(SUBJECTS[1], START, 5_000), ...told(SUBJECTS[2], START, 0.3)]
  await ledger.append(records, { by })
  const before = await answers()
  const asOf = ledger.now()
  const hours = (await table()).hours.map(({ hour }) => hour)
  now = START + 101 * DAY + HOUR
  await ledger.append(told(SUBJECTS[0], START + 99 * DAY, 1), { by })
  expect(await anyOldMinutes(ground())).toBe(true)
  await dropOldMinutes(ground())
  expect(await anyOldMinutes(ground())).toBe(false)
  const kept = await table()
  expect(kept.hours.filter(({ slots }) => slots).every(({ hour }) => hour >= START + DAY)).toBe(true)
  expect(kept.hours.filter(({ slots }) => !slots)).toHaveLength(hours.filter((hour) => hour < START + DAY).length)
  expect(await answers()).toEqual(before)
  expect(await answers(asOf)).toEqual(before)
})

test('a late sample of an old hour counts, its minutes are not kept either, and rebuilt the table is the same', async () => {
  const { total } = (await answers()).sums[0]![0]!
  now += MINUTE
  await ledger.append([sample(SUBJECTS[0], OLD.from + MINUTE, 100, 90), sample(SUBJECTS[0], START + 20 * HOUR, 7, 7)], { by })
  expect((await answers()).sums[0]![0]!.total).toBe(total + 107)
  const before = await table()
  expect(before.hours.filter(({ hour, slots }) => slots && hour < START + DAY)).toEqual([])
  await ledger.rebuild('sli')
  expect(await table()).toEqual(before)
})

test('with samples forgotten too an hour is shared evenly at a border, which is said, and short slices are unknown', async () => {
  const { sums: before } = await answers()
  await ledger.forget('sli', START + 50 * DAY)
  now = START + 110 * DAY
  await dropOldMinutes(ground())
  const { sums, minutes } = await answers()
  expect(sums.map(([, whole]) => whole)).toEqual(before.map(([, whole]) => whole))
  expect(sums[0]![0]).toMatchObject({ grain: 'hour', minutes: expect.closeTo(before[0]![0]!.minutes, -1) })
  const off = Math.abs(sums[0]![0]!.total - before[0]![0]!.total)
  expect(off / before[0]![0]!.total).toBeLessThan(0.02)
  expect(minutes[0]!.spreadUntil).toBe(START + DAY + 10 * HOUR)
  const promise = (slice: number): Slo => ({
    ref: 'slo:default/few',
    title: 'few',
    service: SUBJECTS[0],
    method: 'timeslices',
    window: { kind: 'rolling', length: OLD.to - OLD.from, text: '' },
    composite: false,
    objectives: [
      { name: 'one', target: 0.9, weight: 1, indicator: { name: 'answers', metrics: null }, slice: { length: slice, target: 0.5 } },
    ],
    alertPolicies: [],
    silence: 'unknown',
    leastEvents: 0,
  })
  const judged = (slice: number) => assess(promise(slice), OLD.to, { corrections: [], since: null }, { minutes: [minutes[0]!] })
  expect(judged(MINUTE)).toMatchObject({ state: 'unknown', unknown: 'minutes_gone', sli: null })
  expect(judged(HOUR)).toMatchObject({ state: 'met', sli: 1 })
})
