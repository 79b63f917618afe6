import { afterAll, beforeAll, expect, test } from 'vitest'
import { testStore } from '../../../../test/support/store.ts'
import { DAY, formatInstant, HOUR, type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'
import { createLedger, type Evidence, type Ledger, parseEvidence } from '../../../ground/ledger/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'
import { minutesOf, type SpanAsk, sumsOf, sumsOfEach } from '../store/index.ts'
import { sliTable } from './index.ts'

const by = 'user:default/tester'
const START = Date.parse('2028-02-27T00:00:00Z') // a leap year

let store: Store
let ledger: Ledger
let now = START + 10 * DAY

beforeAll(async () => {
  store = await testStore()
  ledger = createLedger({ store, clock: () => now, pseudonym: (person) => person })
  ledger.derives(sliTable({ store }))
})
afterAll(() => store.close())

interface Told {
  subject: string
  id: string
  start: Instant
  seconds: number
  good: number
  total: number
}

function sample({ subject, id, start, ...counts }: Told, at = start): Evidence {
  const windowStart = formatInstant(start)
  const read = parseEvidence({
    kind: 'sli',
    source: 'probe',
    subject,
    id,
    at: formatInstant(at),
    indicator: 'availability',
    windowStart,
    ...counts,
  })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}

/** A generator of its own, so that the test is the same every time. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const sums = async (subject: string, spans: readonly Window[], asOf: Instant | null = null) =>
  (await sumsOf(store, [{ subject, indicator: 'availability' }], spans, asOf))[0]!
const ask = (subject: string) => ({ subject, indicator: 'availability' })
const table = async () => ({
  hours: await store.query(sql`select * from sli_hour order by subject, indicator, hour`),
  days: await store.query(sql`select * from sli_day order by subject, indicator, day`),
})

/** Counted independently: by minute, whatever is a minute long. */
function counted(told: Iterable<Told>, { from, to }: Window): { good: number; total: number; minutes: number } {
  const minutes = new Map<Instant, { good: number; total: number }>()
  for (const { start, good, total } of told) {
    if (start < from || start >= to) continue
    const minute = minutes.get(start) ?? { good: 0, total: 0 }
    minutes.set(start, { good: minute.good + good, total: minute.total + total })
  }
  const all = [...minutes.values()]
  return { good: all.reduce((sum, { good }) => sum + good, 0), total: all.reduce((sum, { total }) => sum + total, 0), minutes: all.length }
}

test('whatever arrives, in whatever order, late, twice, corrected or taken back: sums are what was told, now and as of then', async () => {
  const draw = random(7)
  const int = (most: number) => Math.floor(draw() * most)
  const subject = 'component:default/shop'
  const told = new Map<string, Told>()
  const moments: { asOf: Instant; spans: Window[]; sums: unknown; minutes: unknown }[] = []
  const spansNow = (): Window[] => {
    const to = START + int(4 * DAY)
    return [5 * MINUTE, HOUR, 6 * HOUR, 3 * DAY, 30 * DAY, MINUTE + int(DAY)].map((length) => ({ from: to - length, to }))
  }
  for (let batch = 0; batch < 40; batch++) {
    now += MINUTE
    const records: Evidence[] = []
    for (let n = 0; n < 60; n++) {
      const known = [...told.values()]
      const before = known.length && draw() < 0.2 ? known[int(known.length)]! : null
      // Traffic is uneven, some hours are silent, some counts outgrow the small slots, some minutes are told of twice by different
      // samples, and of some more are said to be good than there were.
      const start = before?.start ?? START + int(96) * HOUR + int(60) * MINUTE
      const total = draw() < 0.1 ? 0 : int(10) ** (1 + int(5))
      const one =
        before && draw() < 0.5
          ? before
          : {
              subject,
              id: before?.id ?? `${batch}-${n}`,
              start,
              seconds: 60,
              total,
              good: draw() < 0.1 ? total + int(9) : total - int(total + 1),
            }
      records.push(sample(one, now + n))
      told.set(one.id, one)
    }
    await ledger.append(records, { by })
    if (batch % 7 === 3) {
      const ids = [...told.keys()]
      const gone = ids[int(ids.length)]!
      await ledger.retract({ source: 'probe', id: gone, subject }, { by, at: now + HOUR })
      told.delete(gone)
    }
    const spans = spansNow()
    const found = await sums(subject, spans)
    for (const [place, span] of spans.entries())
      expect(found[place], `${batch} ${JSON.stringify(span)}`).toMatchObject(counted(told.values(), span))
    if (batch % 8 === 0)
      moments.push({ asOf: ledger.now(), spans, sums: found, minutes: await minutesOf(store, ask(subject), spans[3]!, null) })
  }
  for (const { asOf, spans, sums: then, minutes } of moments) {
    expect(await sums(subject, spans, asOf)).toEqual(then)
    expect(await minutesOf(store, ask(subject), spans[3]!, asOf)).toEqual(minutes)
  }
  const before = await table()
  await ledger.rebuild('sli')
  expect(await table()).toEqual(before)
})

test('asked at many moments at once, each while samples came in, sums and minutes are those of that moment', async () => {
  const draw = random(23)
  const int = (most: number) => Math.floor(draw() * most)
  const subject = 'component:default/live'
  const told: Told[] = []
  const seen: { ask: SpanAsk; sums: unknown[]; minutes: unknown }[] = []
  for (let step = 0; step < 60; step++) {
    now += 7 * MINUTE + int(MINUTE)
    const records: Evidence[] = []
    for (let n = 0; n < 4; n++) {
      // Mostly of the minutes just gone; some late, some long, some begun in the middle of a minute, some corrected.
      const start = Math.floor(now / MINUTE) * MINUTE - (1 + int(draw() < 0.2 ? 600 : 6)) * MINUTE + (draw() < 0.1 ? 20_000 : 0)
      const seconds = draw() < 0.2 ? 300 * (1 + int(60)) : 60
      const before = told.length && draw() < 0.2 ? told[int(told.length)]! : null
      const one = before ?? { subject, id: `${step}-${n}`, start, seconds, good: 0, total: 0 }
      const total = int(1_000)
      told.push({ ...one, total, good: int(total + 1) })
      records.push(sample(told.at(-1)!, now + n))
    }
    await ledger.append(records, { by })
    const asOf = ledger.now()
    const to = asOf - int(3) * int(90) * MINUTE
    const ask = { subject, indicator: 'availability', from: to - (1 + int(700)) * MINUTE, to, asOf }
    seen.push({ ask, sums: await sums(subject, [ask]), minutes: await minutesOf(store, ask, ask, null) })
  }
  expect(await sumsOfEach(store, [...seen.map(({ ask }) => ask), { ...seen[0]!.ask, asOf: null }])).toEqual([
    ...seen.map(({ sums: [then] }) => then),
    (await sums(subject, [seen[0]!.ask]))[0],
  ])
  for (const { ask, minutes } of seen.slice(-5)) expect(await minutesOf(store, ask, ask, ask.asOf)).toEqual(minutes)
})

test('a sample of five minutes is spread over them, whole events staying whole; one of a day reaches into the next', async () => {
  const subject = 'component:default/slow'
  const from = START + 58 * MINUTE
  await ledger.append(
    [
      sample({ subject, id: '1', start: from, seconds: 300, good: 6, total: 7 }),
      sample({ subject, id: '2', start: START + 20 * HOUR, seconds: 86_400, good: 1440, total: 2880 }),
    ],
    { by },
  )
  const { good, total } = await minutesOf(store, ask(subject), { from, to: from + 5 * MINUTE }, null)
  expect([...total]).toEqual([1, 1, 2, 1, 2])
  expect([...good]).toEqual([0, 1, 2, 1, 2])
  const day = { from: START + DAY, to: START + 2 * DAY }
  expect(await sums(subject, [day])).toEqual([{ good: 1200, total: 2400, minutes: 1200, lastAt: START + 44 * HOUR }])
  // A short sample in an hour the long one reaches into is corrected: the hour still has its part of the long one.
  const short = { subject, id: '3', start: START + 30 * HOUR, seconds: 60, good: 1, total: 10 }
  await ledger.append([sample(short)], { by })
  await ledger.append([sample({ ...short, good: 0, total: 0 }, now)], { by })
  expect(await sums(subject, [day])).toMatchObject([{ good: 1200, total: 2400, minutes: 1200 }])
  const asOf = ledger.now()
  now += MINUTE
  await ledger.append([sample({ subject, id: '2', start: START + 20 * HOUR, seconds: 86_400, good: 0, total: 0 }, now)], { by })
  expect(await sums(subject, [day])).toMatchObject([{ total: 0, minutes: 1200 }])
  expect(await sums(subject, [day], asOf)).toMatchObject([{ total: 2400 }])
})

test('fractions, as queries with increase() give them, add up to the same last digit however they arrive', async () => {
  const draw = random(11)
  const told = Array.from({ length: 300 }, (_, n) => ({
    id: `${n}`,
    start: START + Math.floor(n / 3) * MINUTE,
    seconds: 60,
    good: draw() * 9,
    total: 9.3,
  }))
  for (const [subject, order] of [
    ['component:default/f-1', told],
    ['component:default/f-2', told.toReversed()],
  ] as const)
    for (let from = 0; from < order.length; from += 77)
      await ledger.append(
        order.slice(from, from + 77).map((one) => sample({ ...one, subject })),
        { by },
      )
  const rows = (subject: string) =>
    store.query(sql`select hour, good, total, good_exact from sli_hour where subject = ${subject} order by hour`)
  expect(await rows('component:default/f-1')).toEqual(await rows('component:default/f-2'))
  const span = { from: START, to: START + 100 * MINUTE }
  expect((await sums('component:default/f-1', [span]))[0]!.total).toBeCloseTo(2790, 9)
})

test('with its namespace an indicator goes; nothing is left behind', async () => {
  await ledger.append([sample({ subject: 'component:gone/shop', id: '1', start: START, seconds: 60, good: 1, total: 1 })], { by })
  await ledger.erase('gone')
  await ledger.fresh('sli')
  expect(await store.query(sql`select * from sli_day where subject = 'component:gone/shop'`)).toEqual([])
})
