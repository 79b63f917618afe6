import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY, HOUR, MINUTE } from '../../src/ground/core/index.ts'
import { createLedger } from '../../src/ground/ledger/index.ts'
import { openStore, sql } from '../../src/ground/store/index.ts'
import { sliTable } from '../../src/houses/reliability/evidence/index.ts'
import { sumsOf } from '../../src/houses/reliability/index.ts'
import { besidePrometheus } from './prometheus.ts'
import { DAYS, END, eventsOf, fill, MINUTES, samplesOf, subjectOf } from './traffic.ts'

/** SLOs, and how many of them are fed to Prometheus too (0: none). */
const [slos = 1_000, beside = slos] = process.argv.slice(2).map(Number)
/** SLOs whose samples go through the ledger; the others are written as those come out. */
const THROUGH_LEDGER = Math.min(slos, 6)
const WINDOWS = { '5m': 5 * MINUTE, '1h': HOUR, '6h': 6 * HOUR, '3d': 3 * DAY, '30d': 30 * DAY }

const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
const databaseUrl = process.env.DATABASE_URL
const store = await openStore(databaseUrl ? { databaseUrl } : { folder })
const ledger = createLedger({ store, clock: Date.now, pseudonym: (person) => person })
ledger.derives(sliTable({ store }))
const by = 'user:default/bench'
console.log(
  `${slos} SLOs, ${DAYS} days of minutes (${(slos * MINUTES).toLocaleString('en-GB')} samples), ${store.mode} store, Node ${process.versions.node}`,
)

await ingest()
await bytes()
await fill(store, THROUGH_LEDGER, slos)
await store.maintain()
const answers = await status()
await besidePrometheus({ slos: beside, windows: WINDOWS, answers })
await store.close()
rmSync(folder, { recursive: true })

/** Samples through the ledger: one SLO after the other, then a minute of many at a time. */
async function ingest(): Promise<void> {
  const size = 5_000
  const batches = Array.from({ length: THROUGH_LEDGER }, (_, slo) =>
    Array.from({ length: Math.ceil(MINUTES / size) }, (_b, n) => samplesOf(slo, n * size, Math.min(size, MINUTES - n * size))),
  ).flat()
  const backfill = await timed(async () => {
    for (const batch of batches) await ledger.append(batch, { by })
  })
  console.log(`samples through the ledger, batches of ${size}: ${perSecond(THROUGH_LEDGER * MINUTES, backfill)}`)
  const many = 2_000
  const minutes = Array.from({ length: 6 }, (_, minute) => Array.from({ length: many }, (_s, n) => samplesOf(100_000 + n, minute, 1)[0]!))
  await ledger.append(minutes[0]!, { by })
  const stream = await timed(async () => {
    for (const batch of minutes.slice(1)) await ledger.append(batch, { by })
  })
  console.log(`one minute of ${many} SLOs at a time: ${perSecond(5 * many, stream)}`)
  for (const table of ['sli_hour', 'sli_day', 'evidence_sli'])
    await store.query(sql`delete from ${sql.table(table)} where subject >= 'component:default/service-100000'`)
  const [first] = await sumsOf(store, [{ subject: subjectOf(0), indicator: 'availability' }], [{ from: END - 30 * DAY, to: END }], null)
  check(first![0]!, exact(0, 30 * DAY))
}

async function bytes(): Promise<void> {
  const year = (365 / DAYS / THROUGH_LEDGER) * 1e-6
  const size = async (table: string) => {
    await store.query(sql`vacuum full ${sql.table(table)}`)
    const [row] = await store.query<{ bytes: number }>(sql`select pg_total_relation_size(${table}::regclass) as bytes`)
    return (row!.bytes * year).toFixed(2)
  }
  console.log(
    `MB a SLO-year: hours with minutes ${await size('sli_hour')}, days ${await size('sli_day')}; samples as they came, in the ledger ${await size('evidence_sli')}`,
  )
}

async function status(): Promise<Map<string, number>> {
  const asks = Array.from({ length: slos }, (_, slo) => ({ subject: subjectOf(slo), indicator: 'availability' }))
  const spans = Object.values(WINDOWS).map((length) => ({ from: END - length, to: END }))
  const times: number[] = []
  let sums: Awaited<ReturnType<typeof sumsOf>> = []
  for (let n = 0; n < 5; n++) times.push(await timed(async () => void (sums = await sumsOf(store, asks, spans, null))))
  console.log(
    `status of ${slos} SLOs over ${Object.keys(WINDOWS).join(', ')}: first ${ms(times[0]!)}, then ${ms(Math.min(...times.slice(1)))}`,
  )
  const answers = new Map<string, number>()
  for (let slo = 0; slo < slos; slo++)
    for (const [place, name] of Object.keys(WINDOWS).entries())
      answers.set(`${subjectOf(slo)} ${name}`, sums[slo]![place]!.good / sums[slo]![place]!.total)
  for (const slo of [1, slos - 1]) check(sums[slo]![4]!, exact(slo, 30 * DAY))
  return answers
}

function exact(slo: number, length: number): { good: number; total: number } {
  const sums = { good: 0, total: 0 }
  for (let minute = MINUTES - length / MINUTE; minute < MINUTES; minute++) {
    const { good, total } = eventsOf(slo, minute)
    sums.good += good
    sums.total += total
  }
  return sums
}

function check(found: { good: number; total: number }, { good, total }: { good: number; total: number }): void {
  if (found.good !== good || found.total !== total) throw new Error(`${found.good}/${found.total} instead of ${good}/${total}`)
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function perSecond(count: number, milliseconds: number): string {
  return `${Math.round((count / milliseconds) * 1000).toLocaleString('en-GB')}/s`
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`
}
