/**
 * What pages ask, of a large company: `node bench/pages/run.ts [services] [records] [folder]`, by default 1000 and 1000000.
 * Loads the company into an empty embedded store (or DATABASE_URL), into `folder` where one is named: what lies there already
 * is asked again. Then asks every operation that answers, at the server's door:
 *   first   when nothing was asked before; everything this rests on is still to be derived
 *   again   while nothing is written
 *   opened  after one more change was deployed, as the web app does when a page opens: an older answer may come
 *   newest  after one more, with that one in it
 *   edited  after somebody edited a decision
 * Milliseconds: the slower of two, `first` excepted. Worst first by `opened`, with kB of the answer.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { operations } from '../../src/doors/http/api.ts'
import { HOUR } from '../../src/ground/core/index.ts'
import { type Evidence, parseEvidence } from '../../src/ground/ledger/index.ts'
import { Telemetry } from '../../src/houses/reliability/index.ts'
import { openThroughline } from '../../src/main.ts'
import { companyOf } from './company.ts'
import { questionsAt } from './questions.ts'
import { changed, recordsOf, spansOf } from './records.ts'

const services = Number(process.argv[2] ?? 1_000)
const wanted = Number(process.argv[3] ?? 1_000_000)
const named = process.argv[4]
const only = process.env.ONLY?.split(',')
const TWICE = 2
const by = 'user:default/bench'
const folder = named ?? mkdtempSync(join(tmpdir(), 'throughline-bench-'))
const isThere = named !== undefined && existsSync(named)
const databaseUrl = process.env.DATABASE_URL
const { app, ground, localKey, close } = await openThroughline({
  store: databaseUrl ? { databaseUrl } : { folder },
  secret: Buffer.alloc(32, 1),
})
const size = { services, now: Date.now() }
console.log(`${services} services, ${ground.store.mode} store, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}`)
if (!isThere) await load()

const gateAnswer = await askGate()
const questions = questionsAt(size.now, { gateAnswer })
const asked = operations
  .flatMap(({ id, method }) => {
    if (method !== 'get') return []
    const paths = questions[id]
    if (paths === undefined) throw new Error(`Nothing is asked of ${id}: say in questions.ts what a page asks it`)
    return (paths ?? []).map((path) => ({ id: id as string, path }))
  })
  .filter(({ id }) => !only || only.includes(id))

interface Taken {
  path: string
  kB: number
  first: number
  again: number
  opened: number
  newest: number
  edited: number
}
/** Numbers of changes and titles that were never used before. */
let more = Date.now()
const rows: Taken[] = []
for (const { path } of asked) {
  const { ms: first, kB } = await ask(path)
  const again = await slowest(path, async () => undefined)
  const opened = await slowest(path, oneMore, 'max-stale=86400')
  const newest = await slowest(path, oneMore)
  const edited = await slowest(path, edit)
  rows.push({ path, kB, first, again, opened, newest, edited })
  if (process.env.VERBOSE) console.log(JSON.stringify(rows.at(-1)))
}
rows.sort((a, b) => b.opened - a.opened || b.newest - a.newest)
const head = ['opened', 'newest', 'edited', 'again', 'first', 'kB'] as const
console.log(`${head.map((name) => name.padStart(8)).join('')}  asked`)
for (const row of rows) console.log(`${head.map((name) => String(Math.round(row[name])).padStart(8)).join('')}  ${row.path}`)
for (const name of ['opened', 'newest', 'edited', 'again'] as const) {
  const times = rows.map((row) => row[name]).sort((a, b) => a - b)
  const quantile = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(share * times.length))]!)
  console.log(
    `${name}: p50 ${quantile(0.5)}, p90 ${quantile(0.9)}, p95 ${quantile(0.95)}, slowest ${quantile(1)} ms; ${times.filter((ms) => ms > 100).length} of ${times.length} above 100 ms`,
  )
}
await close()
if (!named) rmSync(folder, { recursive: true })

async function load(): Promise<void> {
  const begun = performance.now()
  const drafts = companyOf(size)
  const applied = await ground.catalog.applyFolder('/bench', drafts, { by })
  const errors = applied.problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(JSON.stringify(errors.slice(0, 3)))
  let records = 0
  let batch: Evidence[] = []
  const keep = async () => {
    await ground.ledger.append(batch, { by })
    records += batch.length
    batch = []
    // As the server's own jobs do.
    if (records % 100_000 < 2_000) await ground.store.maintain()
  }
  for (const record of recordsOf(size, wanted)) if (batch.push(record) === 2_000) await keep()
  await keep()
  await new Telemetry(ground).take({ signal: 'traces', hash: 'bench', items: spansOf(size, services * 10) })
  await ground.store.maintain()
  console.log(`${applied.entities} entities, ${records} records in ${Math.round((performance.now() - begun) / 1000)} s`)
}

async function askGate(): Promise<string> {
  const response = await app.request('http://127.0.0.1/api/gate', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${localKey}` },
    body: JSON.stringify({ component: 'service-3', commit: 'a'.padEnd(40, '0') }),
  })
  return ((await response.json()) as { id: string }).id
}

async function ask(path: string, cacheControl?: string): Promise<{ ms: number; kB: number }> {
  const begun = performance.now()
  const headers = { authorization: `Bearer ${localKey}`, ...(cacheControl ? { 'cache-control': cacheControl } : {}) }
  const response = await app.request(`http://127.0.0.1/api${path}`, { headers })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 400)}`)
  return { ms: performance.now() - begun, kB: text.length / 1024 }
}

async function slowest(path: string, before: () => Promise<void>, cacheControl?: string): Promise<number> {
  let most = 0
  for (let time = 0; time < TWICE; time++) {
    await before()
    most = Math.max(most, (await ask(path, cacheControl)).ms)
    if (cacheControl) await ask(path) // what is being made meanwhile is no burden of the next
  }
  return most
}

async function oneMore(): Promise<void> {
  const told = [...changed((more += 4), Date.now() - 4 * HOUR, services)].map((line) => {
    const read = parseEvidence({ source: 'bench', ...line })
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    return read.value
  })
  await ground.ledger.append(told, { by })
}

async function edit(): Promise<void> {
  const name = '0001-decision'
  const present = await ground.catalog.get(`decision:default/${name}`)
  const draft = { apiVersion: 'throughline.dev/v1', kind: 'Decision', metadata: { name, title: `Decide again ${(more += 1)}` } }
  await ground.catalog.write({ ...draft, spec: present!.spec }, { by })
}
