import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { sql, type Store } from '../store/index.ts'
import { createLedger, type Evidence, type Ledger, parseEvidence } from './index.ts'

const by = 'user:default/tester'
const NOON = Date.parse('2026-03-01T12:00:00Z')

let store: Store
let now = NOON
let ledger: Ledger
let subject = ''
let tests = 0

beforeAll(async () => {
  store = await testStore()
})
beforeEach(() => {
  now = NOON
  subject = `component:sli-${(tests += 1)}/shop`
  ledger = createLedger({ store, clock: () => now, pseudonym: (person) => person })
})
afterAll(() => store.close())

function sample(id: string, minute: string, good: number, total: number, more: object = {}): Evidence {
  const windowStart = `2026-03-01T11:${minute}:00Z`
  const read = parseEvidence({
    kind: 'sli',
    source: 'probe',
    subject,
    id,
    at: windowStart,
    indicator: 'availability',
    windowStart,
    seconds: 60,
    good,
    total,
    ...more,
  })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}
/** Good and total events of the hour as known at a moment. */
const hour = async (asOf = Infinity) =>
  (
    await store.query(
      sql`select sum(good) as good, sum(total) as total, count(*) as rows from evidence_sli where subject = ${subject} and learned_from <= ${asOf === Infinity ? 'infinity' : new Date(asOf).toISOString()}::timestamptz`,
    )
  )[0]

test('the samples of an hour are one row a batch, by minute', async () => {
  expect(await ledger.append([sample('1', '00', 9, 10), sample('2', '01', 10, 10), sample('3', '01', 5, 5)], { by })).toEqual({
    accepted: 3,
    revised: 0,
    duplicates: 0,
    byKind: { sli: 3 },
  })
  expect(await hour()).toEqual({ good: 24, total: 25, rows: 1 })
})

test('the same sample again is a duplicate; one told otherwise corrects the hour', async () => {
  await ledger.append([sample('1', '00', 9, 10), sample('2', '01', 10, 10)], { by })
  expect(await ledger.append([sample('1', '00', 9, 10), sample('2', '01', 10, 10)], { by })).toMatchObject({ accepted: 0, duplicates: 2 })
  expect(await hour()).toEqual({ good: 19, total: 20, rows: 1 })
  const before = ledger.now()
  expect(await ledger.append([sample('1', '00', 4, 10, { at: '2026-03-01T11:30:00Z' })], { by })).toMatchObject({ revised: 1 })
  expect(await hour()).toEqual({ good: 14, total: 20, rows: 2 })
  expect(await hour(before)).toEqual({ good: 19, total: 20, rows: 1 })
})

test('of two revisions the later one counts, in whatever order they arrive', async () => {
  await ledger.append([sample('1', '00', 4, 10, { at: '2026-03-01T11:30:00Z' }), sample('1', '00', 9, 10)], { by })
  expect(await hour()).toMatchObject({ good: 4, total: 10 })
})

test('a late sample is a row of its own that says when it was learned', async () => {
  await ledger.append([sample('1', '00', 9, 10)], { by })
  const before = ledger.now()
  now += 86_400_000
  await ledger.append([sample('2', '02', 1, 10)], { by })
  expect(await hour(before)).toEqual({ good: 9, total: 10, rows: 1 })
  expect(await hour()).toEqual({ good: 10, total: 20, rows: 2 })
})

test('a sample taken back no longer counts, until it is given again', async () => {
  await ledger.append([sample('1', '00', 9, 10), sample('2', '00', 10, 10)], { by, importId: 5_000 + tests })
  expect(await ledger.retract({ source: 'probe', id: '1', subject }, { by, at: now })).toEqual({ retracted: 1 })
  expect(await hour()).toMatchObject({ good: 10, total: 10 })
  await ledger.retract({ source: 'probe', id: '1', subject }, { by, at: now + 1, undo: true })
  await ledger.retract({ importId: 5_000 + tests }, { by, at: now + 2 })
  expect(await hour()).toMatchObject({ good: 0, total: 0 })
  expect((await ledger.history('sli:probe/1', subject)).map(({ retracted }) => retracted)).toEqual([false, true, false, true])
})

test('an id may be any word, also one that programs use themselves', async () => {
  await ledger.append([sample('__proto__', '00', 9, 10), sample('constructor', '00', 1, 10)], { by })
  expect(await ledger.append([sample('__proto__', '00', 9, 10)], { by })).toMatchObject({ duplicates: 1 })
  expect(await hour()).toEqual({ good: 10, total: 20, rows: 1 })
})

test('samples are counted in the summary and go with their namespace', async () => {
  await ledger.append([sample('1', '00', 9, 10), sample('2', '01', 9, 10)], { by })
  const count = async () => (await ledger.summary()).undeclared.subjects.find((one) => one.subject === subject)?.records
  expect(await count()).toBe(2)
  expect(await ledger.erase(`sli-${tests}`)).toBe(2)
  expect(await count()).toBeUndefined()
  expect(await hour()).toMatchObject({ rows: 0 })
})
