import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { sql, type Store } from '../store/index.ts'
import { createLedger, type DerivedTable, type Evidence, knownAt, type Ledger, parseEvidence } from './index.ts'

const by = 'user:default/tester'
const now = Date.parse('2026-03-01T00:00:00Z')

let store: Store
let ledger: Ledger
let refreshed: string[]
let tests = 0

beforeAll(async () => {
  store = await testStore()
  await store.query(sql`create table deployed (subject text, day date, deployments integer, primary key (subject, day))`)
})
afterAll(() => store.close())

/** Deployments by day: derived again from the day on that changed. */
const byDay = (): DerivedTable => ({
  name: 'deployed',
  kinds: ['deployment'],
  since: (record) =>
    record.kind === 'deployment' && record.environment === 'production' ? Date.parse(record.finishedAt.slice(0, 10)) : null,
  async refresh(subject, since) {
    refreshed.push(`${subject} ${new Date(since).toISOString().slice(0, 10)}`)
    const from = sql`${new Date(since).toISOString()}::timestamptz`
    await store.query(sql`delete from deployed where subject = ${subject} and day >= (${from} at time zone 'UTC')::date`)
    await store.query(sql`
      insert into deployed select subject, (finished_at at time zone 'UTC')::date, count(*) from evidence_deployment
      where subject = ${subject} and finished_at >= ${from} and environment = 'production' and ${knownAt(null)} group by 1, 2`)
  },
  clear: async () => void (await store.query(sql`delete from deployed`)),
})

beforeEach(() => {
  tests += 1
  refreshed = []
  ledger = createLedger({ store, clock: () => now, pseudonym: (person) => person })
  ledger.derives(byDay())
})

const subject = (name: string) => `component:test-${tests}/${name}`
function deployment(name: string, id: string, day: string, more: object = {}): Evidence {
  const read = parseEvidence({
    kind: 'deployment',
    source: 'ci',
    subject: subject(name),
    id,
    at: day,
    commit: 'abcdef1',
    finishedAt: day,
    outcome: 'success',
    ...more,
  })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}
const rows = () =>
  store.query(
    sql`select subject, day::text as day, deployments from deployed where subject like ${`component:test-${tests}/%`} order by 1, 2`,
  )

test('only what came in is derived again, from the earliest day that changed', async () => {
  await ledger.append(
    [
      deployment('a', '1', '2026-02-03'),
      deployment('a', '2', '2026-02-01'),
      deployment('b', '1', '2026-02-05'),
      deployment('c', '1', '2026-02-05', { environment: 'staging' }),
    ],
    { by },
  )
  await ledger.fresh('deployed')
  expect(refreshed).toEqual([`${subject('a')} 2026-02-01`, `${subject('b')} 2026-02-05`])
  expect(await rows()).toEqual([
    { subject: subject('a'), day: '2026-02-01', deployments: 1 },
    { subject: subject('a'), day: '2026-02-03', deployments: 1 },
    { subject: subject('b'), day: '2026-02-05', deployments: 1 },
  ])
  refreshed = []
  await ledger.append([deployment('a', '1', '2026-02-03')], { by })
  await ledger.fresh('deployed')
  expect(refreshed).toEqual([])
})

test('a subject nobody asks for stays behind until somebody does', async () => {
  await ledger.append([deployment('a', '1', '2026-02-01'), deployment('b', '1', '2026-02-01')], { by })
  await ledger.fresh('deployed', [subject('b')])
  expect(refreshed).toEqual([`${subject('b')} 2026-02-01`])
  await ledger.fresh('deployed')
  expect(refreshed).toHaveLength(2)
})

test('a record that moves changes the table where it was and where it is', async () => {
  await ledger.append([deployment('a', '1', '2026-02-01')], { by })
  await ledger.fresh('deployed')
  await ledger.append([deployment('a', '1', '2026-02-09')], { by })
  await ledger.fresh('deployed')
  expect(refreshed.at(-1)).toBe(`${subject('a')} 2026-02-01`)
  expect(await rows()).toEqual([{ subject: subject('a'), day: '2026-02-09', deployments: 1 }])
})

test('taking records back and erasing a namespace reach the table too', async () => {
  await ledger.append([deployment('a', '1', '2026-02-01'), deployment('a', '2', '2026-02-01'), deployment('b', '1', '2026-02-02')], { by })
  await ledger.fresh('deployed')
  await ledger.retract({ source: 'ci', id: '1', subject: subject('a') }, { by, at: now })
  await ledger.fresh('deployed')
  expect(await rows()).toEqual([
    { subject: subject('a'), day: '2026-02-01', deployments: 1 },
    { subject: subject('b'), day: '2026-02-02', deployments: 1 },
  ])
  expect(await ledger.erase(`test-${tests}`)).toBe(2)
  await ledger.fresh('deployed')
  expect(await rows()).toEqual([])
  expect((await ledger.summary()).undeclared.subjects.filter((one) => one.subject.includes(`:test-${tests}/`))).toEqual([])
})

test('a table rebuilt from the records comes out identical', async () => {
  await ledger.append([deployment('a', '1', '2026-02-01'), deployment('a', '2', '2026-02-01'), deployment('b', '1', '2026-02-02')], { by })
  await ledger.append([deployment('a', '1', '2026-02-07')], { by })
  await ledger.fresh('deployed')
  const before = await store.query(sql`select * from deployed order by subject, day`)
  await store.query(sql`insert into deployed values ('component:default/wrong', '2026-01-01', 7)`)
  await ledger.rebuild('deployed')
  expect(await store.query(sql`select * from deployed order by subject, day`)).toEqual(before)
})

test('two who ask at once share the work and both find the table up to date', async () => {
  await ledger.append([deployment('a', '1', '2026-02-01')], { by })
  await Promise.all([ledger.fresh('deployed'), ledger.fresh('deployed')])
  expect(refreshed).toHaveLength(1)
})

test('when the batch fails, nothing is marked', async () => {
  await expect(
    ledger.append([deployment('a', '1', '2026-02-01'), { ...deployment('a', '2', '2026-02-01'), at: 'never' }], { by }),
  ).rejects.toThrow()
  await ledger.fresh('deployed')
  expect(refreshed).toEqual([])
})

test('a table nobody registered is a mistake, not silence', async () => {
  await expect(ledger.fresh('nothing')).rejects.toThrow('No derived table is called nothing')
})
