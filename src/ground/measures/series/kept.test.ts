import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../../test/support/ground.ts'
import { DAY, formatInstant, HOUR, type Instant } from '../../core/index.ts'
import { parseEvidence } from '../../ledger/index.ts'
import { sql, type Store } from '../../store/index.ts'
import { watched } from './lately.ts'
import { type News, newsOf } from './news.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const SHOP = 'component:default/shop'
const by = 'user:default/me'
let ground: TestGround
let now: Instant = NOW
/** How often each measure was made. */
const made = { changes: 0, answers: 0, catalogue: 0 }

beforeAll(async () => {
  ground = await testGround({ now })
  ground.catalog.registerSubjects(async () => [SHOP])
  const counted = (kind: string) => async () => {
    const [row] = await ground.store.query<{ n: number }>(
      sql`select count(*)::int as n from ${sql.table(`evidence_${kind}`)} where learned_to = 'infinity' and not retracted`,
    )
    return row!.n
  }
  for (const [name, kinds, count] of [
    ['changes', ['change'], counted('deployment')], // reads what was deployed of them
    ['answers', ['event'], counted('event')],
    ['catalogue', [], async () => (await ground.catalog.list({ kind: 'component' })).length],
  ] as const)
    ground.measures.register({
      id: `test.${name}`,
      title: name,
      question: 'How many?',
      unit: 'count',
      definition: 'All of them.',
      kinds,
      collect: async ({ pieces }) => {
        made[name] += 1
        const value = await count()
        return pieces.map(() => ({ shape: 'number' as const, value, n: 1, excluded: {}, withData: 1 }))
      },
    })
})
afterAll(() => ground.store.close())

let sent = 0
async function tell(record: object) {
  const read = parseEvidence({ source: 'shop', id: `r${(sent += 1)}`, subject: SHOP, at: formatInstant(now - DAY), ...record })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  await ground.ledger.append([read.value], { by })
}
const deployed = () =>
  tell({ kind: 'deployment', commit: `${sent}`.repeat(40).slice(0, 40), finishedAt: formatInstant(now - DAY), outcome: 'success' })

/** How often each was made for the last news, of two subjects and with a reading each. */
let newsMade = { ...made }
let told: readonly News[] = []

/** What is watched and told as news, and whether it is what it would be if nothing had been kept: another handle of the store has nothing kept. */
async function look() {
  now += 60_000
  ground.setNow(now)
  const asOf = await ground.catalog.present()
  const ask = { namespace: 'default', at: asOf, asOf, zone: 'UTC' }
  Object.assign(made, { changes: 0, answers: 0, catalogue: 0 })
  const kept = await watched(ask, ground)
  const counts = { ...made }
  const other = { query: (statement) => ground.store.query(statement) } as Store
  const fresh = await watched(ask, { ...ground, store: other })
  const valuesOf = (all: typeof kept) =>
    all.map(({ measure, series }) => [
      measure.id,
      series.map(({ subject, changes, points }) => [subject, changes, points.map(({ value, n }) => [value, n])]),
    ])
  expect(valuesOf(kept)).toEqual(valuesOf(fresh))
  Object.assign(made, { changes: 0, answers: 0, catalogue: 0 })
  const watches = ['test.changes', 'test.answers', 'test.catalogue', 'desk.calls', 'desk.visits'].flatMap((measure) =>
    ['namespace:default', SHOP].map((subject) => ({ measure, subject })),
  )
  const news = (store: Store) => newsOf({ watches, since: now - 14 * DAY, at: now, asOf }, { ...ground, store })
  told = await news(ground.store)
  newsMade = { ...made }
  expect(told).toEqual(await news(other))
  return counts
}

test('only what a write touches is made again; what counts the catalogue always is', async () => {
  await deployed()
  await tell({ kind: 'event', type: 'asked', data: {} })
  expect(await look()).toEqual({ changes: 1, answers: 1, catalogue: 1 })
  expect(await look()).toEqual({ changes: 0, answers: 0, catalogue: 1 })
  await tell({ kind: 'event', type: 'asked', data: {} })
  expect(await look()).toEqual({ changes: 0, answers: 1, catalogue: 1 })
  await deployed()
  expect(await look()).toEqual({ changes: 1, answers: 0, catalogue: 1 })
  await tell({ kind: 'measurement', measure: 'desk.calls', value: 4 })
  expect(await look()).toEqual({ changes: 0, answers: 0, catalogue: 1 })
  await tell({ kind: 'measurement', measure: 'desk.calls', value: 5 })
  expect(await look()).toEqual({ changes: 0, answers: 0, catalogue: 1 })
})

test('what was taken back, declared or joined touches what rests on it, and an hour all of it', async () => {
  await ground.ledger.retract({ source: 'shop', id: 'r2' }, { by, at: now })
  expect(await look()).toMatchObject({ answers: 1, changes: 0 })
  await ground.catalog.write(
    {
      apiVersion: 'throughline.dev/v1',
      kind: 'Measure',
      metadata: { name: 'desk.calls' },
      spec: { question: 'How many?', unit: 'count', source: { kind: 'series', keep: 'sum' } },
    },
    { by },
  )
  expect(await look()).toMatchObject({ answers: 1, changes: 1 })
  await ground.identity.people.merge('u1@example.org', 'u2@example.org', by)
  expect(await look()).toMatchObject({ answers: 1, changes: 1 })
  expect(await look()).toMatchObject({ answers: 0, changes: 0 })
  now += HOUR
  expect(await look()).toMatchObject({ answers: 1, changes: 1 })
})

test('news are found in series that stay, and hear of what touches them', async () => {
  const level = (ago: number) => (ago < 9 ? 140 : 100) + ((ago * 7_919) % 11)
  for (let ago = 100; ago > 0; ago--)
    await tell({ kind: 'measurement', measure: 'desk.visits', value: level(ago), at: formatInstant(now - ago * DAY) })
  await look()
  expect(told.map(({ measure, subject }) => [measure, subject])).toEqual([
    ['desk.visits', 'namespace:default'],
    ['desk.visits', SHOP],
  ])
  await look()
  expect(newsMade).toEqual({ changes: 0, answers: 0, catalogue: 4 }) // a reading and a series of each subject
  await tell({ kind: 'event', type: 'asked', data: {} })
  await look()
  expect(newsMade).toEqual({ changes: 0, answers: 4, catalogue: 4 })
  await ground.ledger.retract({ source: 'shop', id: `r${sent - 3}` }, { by, at: now })
  await look()
  expect(told).toHaveLength(2)
})

test('a moment past is neither kept nor answered from what is', async () => {
  const asOf = await ground.catalog.present()
  now += 60_000
  ground.setNow(now)
  await deployed()
  Object.assign(made, { changes: 0 })
  for (const then of [asOf, asOf - 1]) await watched({ namespace: 'default', at: then, asOf: then, zone: 'UTC' }, ground)
  expect(made.changes).toBe(2)
  expect(await look()).toMatchObject({ changes: 1 })
})
