/**
 * Rows a second into one evidence-like table (about 300 bytes a row, a unique key, two more indexes), durable, by batches
 * of JSON that leave out duplicates and by COPY; with a short question asked meanwhile, and how long the event loop was
 * held up. Rows a second of this process' own processor time tell apart what the machine did besides.
 * `node bench/store/bulk.ts [embedded|server] [rows]`; DATABASE_URL names a server, else one is started.
 */
import { rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openStore, sql, type Store } from '../../src/ground/store/index.ts'
import { startPostgres } from '../../test/support/postgres-server.ts'

const [where = 'both', rowsText = '60000'] = process.argv.slice(2)
const ROWS = Number(rowsText)
/** The first line of all is a rehearsal. */
let warm = false

interface Way {
  name: string
  batch: number
  /** Batches sent at the same time. */
  writers: number
  write: (store: Store, rows: Row[]) => Promise<unknown>
}

interface Row {
  subject: string
  source: string
  id: string
  at: string
  hash: string
  title: string
  extra: { labels: string[]; points: number }
}

const json = async (store: Store, rows: Row[]) =>
  store.query(sql`insert into bench_evidence select * from json_to_recordset(${JSON.stringify(rows)}::json)
    as r(subject text, source text, id text, at timestamptz, hash text, title text, extra jsonb) on conflict do nothing`)

const copy = async (store: Store, rows: Row[]) =>
  store.copy(
    'bench_evidence',
    { subject: 'text', source: 'text', id: 'text', at: 'timestamptz', hash: 'text', title: 'text', extra: 'jsonb' },
    rows.map((row) => Object.values(row)),
  )

const WAYS: Way[] = [
  { name: 'json_to_recordset', batch: 500, writers: 1, write: json },
  { name: 'json_to_recordset', batch: 2000, writers: 1, write: json },
  { name: 'json_to_recordset', batch: 2000, writers: 4, write: json },
  { name: 'copy', batch: 2000, writers: 1, write: copy },
  { name: 'copy', batch: 8000, writers: 1, write: copy },
  { name: 'copy', batch: 8000, writers: 4, write: copy },
]

console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, ${ROWS} rows a line`)
if (where !== 'server') await onEmbedded()
if (where !== 'embedded') await onServer()

async function onEmbedded(): Promise<void> {
  const folder = join(tmpdir(), `throughline-bench-${process.pid}`)
  const store = await openStore({ folder })
  await measure(store)
  await store.close()
  await rm(folder, { recursive: true, force: true })
}

async function onServer(): Promise<void> {
  const server = process.env.DATABASE_URL ? null : await startPostgres({ durable: true })
  const store = await openStore({ databaseUrl: process.env.DATABASE_URL ?? server!.url })
  await measure(store)
  await store.query(sql`drop table bench_evidence`)
  await store.close()
  await server?.stop()
}

async function measure(store: Store): Promise<void> {
  const { postgres } = await store.health()
  console.log(`\n${store.mode}, PostgreSQL ${postgres}`)
  console.log('way                batch writers   rows/s  rows/CPU s  question p50 / max   event loop max')
  for (const way of [WAYS[0]!, ...WAYS]) {
    await store.query(sql`drop table if exists bench_evidence`)
    await store.query(
      sql`create table bench_evidence (subject text not null, source text not null, id text not null, at timestamptz not null, hash text not null, title text, extra jsonb)`,
    )
    await store.query(sql`create unique index on bench_evidence (subject, source, id)`)
    await store.query(sql`create index on bench_evidence (subject, at)`)
    await store.query(sql`create index on bench_evidence (hash)`)
    await run(store, way)
  }
}

async function run(store: Store, way: Way): Promise<void> {
  const batches = Array.from({ length: Math.ceil(ROWS / way.batch) }, (_, i) => i * way.batch)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const questions: number[] = []
  let done = false
  const asking = (async () => {
    while (!done) {
      const asked = performance.now()
      await store.query(sql`select count(*) from setting`)
      questions.push(performance.now() - asked)
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  })()
  delay.enable()
  const started = performance.now()
  const cpuBefore = process.cpuUsage()
  await Promise.all(
    Array.from({ length: way.writers }, async () => {
      for (let from = batches.shift(); from !== undefined; from = batches.shift()) {
        const rows = rowsFrom(from, Math.min(way.batch, ROWS - from))
        await store.background(() => way.write(store, rows))
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  delay.disable()
  const cpu = process.cpuUsage(cpuBefore)
  done = true
  await asking
  questions.sort((a, b) => a - b)
  const [{ n }] = (await store.query<{ n: number }>(sql`select count(*) as n from bench_evidence`)) as [{ n: number }]
  if (n !== ROWS) throw new Error(`${n} rows instead of ${ROWS}`)
  const cells = [
    way.name.padEnd(18),
    String(way.batch).padStart(5),
    String(way.writers).padStart(7),
    String(Math.round(ROWS / seconds)).padStart(8),
    String(Math.round(ROWS / ((cpu.user + cpu.system) / 1e6))).padStart(11),
    `${ms(questions[questions.length >> 1]!)} / ${ms(questions.at(-1)!)}`,
    ` ${ms(delay.max / 1e6)}`,
  ]
  if (warm) console.log(cells.join(' '))
  warm = true
}

function rowsFrom(from: number, count: number): Row[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i
    return {
      subject: `repository:default/service-${n % 40}`,
      source: 'bench',
      id: `change-${n}`,
      at: new Date(Date.UTC(2026, 0, 1) + n * 61_000).toISOString(),
      hash: ((n * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0').repeat(8),
      title: `Change number ${n} makes the thing a little better than it was before`,
      extra: { labels: ['bench', `batch-${n % 7}`], points: n % 13 },
    }
  })
}

function ms(value: number): string {
  return `${value.toFixed(1).padStart(7)} ms`
}
