import { afterAll, beforeAll, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { sql, type Store } from '../store/index.ts'
import { createLedger, type Evidence, type Ledger, parseEvidence } from './index.ts'

const by = 'user:default/tester'
const RECORDS = 6_000
let store: Store
let ledger: Ledger

function deployment(n: number, outcome = 'success'): Evidence {
  const read = parseEvidence({
    kind: 'deployment',
    source: 'ci',
    subject: `component:default/service-${n % 20}`,
    id: String(n),
    at: '2026-02-01',
    commit: 'abcdef1',
    finishedAt: '2026-02-01',
    outcome,
  })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}
const batch = (from: number, outcome?: string) => Array.from({ length: 200 }, (_, n) => deployment(from + n, outcome))

beforeAll(async () => {
  store = await testStore()
  ledger = createLedger({ store, clock: Date.now, pseudonym: (person) => person })
  for (let from = 0; from < RECORDS; from += 200) await ledger.append(batch(from), { by })
})
afterAll(() => store.close())

/** Rows of the table that work reads, as PostgreSQL counts them. The table has no statistics, as after a first import. */
async function rowsRead(work: () => Promise<unknown>): Promise<number> {
  return store.transaction(async () => {
    const read = async () =>
      (
        await store.query<{ rows: number }>(
          sql`select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as rows from pg_stat_xact_user_tables where relname = 'evidence_deployment'`,
        )
      )[0]!.rows
    const before = await read()
    await work()
    return (await read()) - before
  })
}

test.each([
  ['records told before', () => ledger.append(batch(1_000), { by })],
  ['revisions', () => ledger.append(batch(2_000, 'failure'), { by })],
  ['revisions of what was revised', () => ledger.append(batch(2_000, 'cancelled'), { by })],
  ['taking one record back', () => ledger.retract({ source: 'ci', id: '777' }, { by, at: Date.now() })],
  ['the history of a record', () => ledger.history('deployment:ci/2001')],
])('%s cost what they touch, not what is there', async (_, work) => {
  const read = await rowsRead(work)
  expect(read).toBeGreaterThan(0)
  expect(read).toBeLessThan(RECORDS / 3)
})
