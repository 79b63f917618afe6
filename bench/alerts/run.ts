/**
 * Alerts: `node bench/alerts/run.ts [slos]`, by default 10,000. Promises with the standard pairs of windows and 30 days of minutes
 * behind each, in which every fifth loses one event of a thousand, and of which one in a hundred burns. What one look takes when nothing changes, when a hundredth begins to burn, and how
 * much of it is summing seven windows of all of them. On the store of DATABASE_URL, else embedded in memory.
 */
import { cpus, totalmem } from 'node:os'
import { DAY, HOUR, MINUTE } from '../../src/ground/core/index.ts'
import type { EntityDraft } from '../../src/ground/catalog/index.ts'
import { openMemoryStore, openStore, sql } from '../../src/ground/store/index.ts'
import { installReliability, lookAtBurns, sumsOf } from '../../src/houses/reliability/index.ts'
import { testGround } from '../../test/support/ground.ts'

const SLOS = Number(process.argv[2] ?? 10_000)
const START = Date.parse('2026-06-01T12:30:00Z')
const WINDOWS = [5 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, DAY, 3 * DAY]
const BY = 'user:default/bench'

const store = process.env.DATABASE_URL ? await openStore({ databaseUrl: process.env.DATABASE_URL }) : await openMemoryStore()
const ground = await testGround({ store, now: START, install: [installReliability] })
console.log(`${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${store.mode}`)

const drafts = Array.from({ length: SLOS }, (_, index): EntityDraft => ({
  apiVersion: 'openslo/v1',
  kind: 'SLO',
  metadata: { name: `slo-${index}` },
  spec: {
    service: `service-${index}`,
    indicatorRef: 'answers',
    timeWindow: [{ duration: '30d', isRolling: true }],
    budgetingMethod: 'Occurrences',
    objectives: [{ target: 0.999 }],
  },
  file: `${index}.yaml`,
}))
await timed('writing the documents', () => ground.catalog.applyFolder('bench', drafts, { by: BY }))
await timed('30 days of hours', () => fill())

await timed('first look, documents read', () => lookAtBurns(ground))
const sums = await best(5, () =>
  sumsOf(
    store,
    drafts.map((_, index) => ({ subject: `component:default/service-${index}`, indicator: 'answers' })),
    WINDOWS.map((window) => ({ from: START - window, to: START })),
    null,
  ),
)
console.log(`sums of ${WINDOWS.length} windows: ${sums.toFixed(0)} ms`)
console.log(`a look when nothing changes: ${(await best(5, () => lookAtBurns(ground))).toFixed(0)} ms`)
await store.query(
  sql`update sli_hour set good = 15000, good_small = array_fill(500, array[30]) where hour = ${new Date(START - 30 * MINUTE)}::timestamptz and subject like '%00'`,
)
await timed('a look in which one in a hundred begins to burn', async () => console.log(JSON.stringify(await lookAtBurns(ground))))
console.log(`a look while they burn: ${(await best(5, () => lookAtBurns(ground))).toFixed(0)} ms`)
await store.close()

/** Sums as the samples of 30 days leave them: an hour a row with its minutes, a day a row. */
async function fill(): Promise<void> {
  const first = START - (START % DAY) - 30 * DAY
  const minutes = (count: number) => sql`${Array.from({ length: count }, (_, minute) => (minute % 5 === 0 ? 999 : 1_000))}::smallint[]`
  for (let from = 0; from < SLOS; from += 500) {
    const subjects = sql`generate_series(${from}::int, ${Math.min(SLOS, from + 500) - 1}::int) as s`
    // Older hours are asked for by their days alone: what reads hours reaches back four days.
    await store.query(sql`
      insert into sli_hour (subject, indicator, hour, good, total, minutes, until, more_good, good_small, total_small)
      select 'component:default/service-' || s, 'answers', h, 59988, 60000, 60, 60, false, ${minutes(60)}, array_fill(1000, array[60])
      from ${subjects} cross join generate_series(${new Date(START - (START % HOUR) - 4 * DAY)}::timestamptz, ${new Date(START - (START % HOUR) - HOUR)}::timestamptz, interval '1 hour') as h`)
    await store.query(sql`
      insert into sli_hour (subject, indicator, hour, good, total, minutes, until, more_good, good_small, total_small)
      select 'component:default/service-' || s, 'answers', ${new Date(START - (START % HOUR))}::timestamptz, 29994, 30000, 30, 30, false, ${minutes(30)}, array_fill(1000, array[30])
      from ${subjects}`)
    await store.query(sql`
      insert into sli_day (subject, indicator, day, good, total, minutes, last_at)
      select 'component:default/service-' || s, 'answers', d, 1439712, 1440000, 1440, d + interval '1 day'
      from ${subjects} cross join generate_series(${new Date(first)}::timestamptz, ${new Date(START - (START % DAY) - DAY)}::timestamptz, interval '1 day') as d`)
  }
  await store.query(sql`analyze sli_hour`)
  await store.query(sql`analyze sli_day`)
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now()
  const made = await work()
  console.log(`${what}: ${((performance.now() - begun) / 1000).toFixed(2)} s`)
  return made
}

async function best(times: number, work: () => Promise<unknown>): Promise<number> {
  let least = Infinity
  for (let time = 0; time < times; time += 1) {
    const begun = performance.now()
    await work()
    least = Math.min(least, performance.now() - begun)
  }
  return least
}
