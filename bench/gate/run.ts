/**
 * Gate: `node bench/gate/run.ts [components] [requests a second] [seconds]`, by default 50, 200 and 20.
 * Components with an SLO (a week of five-minute samples), deployments and incidents; then questions come at a fixed rate,
 * whether the ones before are answered or not, while records come in; the first five seconds, in which the process is compiled
 * as it runs, are told apart. Every answer is kept. Each second one component in sixty tells its minute, one is deployed, and 50 records come in about something else.
 * DATABASE_URL measures a server, else the embedded store.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DAY, formatInstant, HOUR, MINUTE } from '../../src/ground/core/index.ts'
import { parseEvidence } from '../../src/ground/ledger/index.ts'
import { openThroughline } from '../../src/main.ts'

const FIRST_SECONDS = 5
const [components = 50, rate = 200, seconds = 20] = process.argv.slice(2).map(Number)
const by = 'user:default/bench'
const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
const databaseUrl = process.env.DATABASE_URL
const { app, ground, localKey, close } = await openThroughline({
  store: databaseUrl ? { databaseUrl } : { folder },
  secret: Buffer.alloc(32, 1),
})
console.log(
  `${components} components, ${rate} questions a second for ${seconds} s, ${ground.store.mode} store, ${cpus().length} cores, Node ${process.versions.node}`,
)

const nameOf = (n: number) => `service-${n}`
const tell = async (records: Record<string, unknown>[]) => {
  const read = records.flatMap((record) => {
    const one = parseEvidence({ source: 'bench', ...record })
    if (!one.ok) throw new Error(JSON.stringify(one.problems))
    return one.value
  })
  for (let from = 0; from < read.length; from += 5_000) await ground.ledger.append(read.slice(from, from + 5_000), { by })
}
const sample = (n: number, at: number, good: number) => {
  const windowStart = formatInstant(Math.floor(at / MINUTE) * MINUTE)
  return {
    kind: 'sli',
    id: windowStart,
    subject: `component:default/${nameOf(n)}`,
    at: windowStart,
    indicator: 'answered',
    windowStart,
    seconds: 60,
    good,
    total: 1_000,
  }
}
const deployment = (n: number, place: number, at: number) => ({
  kind: 'deployment',
  id: `${n}-${place}`,
  subject: `component:default/${nameOf(n)}`,
  at: formatInstant(at),
  finishedAt: formatInstant(at),
  commit: (place * 1_000 + n).toString(16).padStart(40, '0'),
  outcome: 'success',
})
const measurement = (id: number, at: number) => ({
  kind: 'measurement',
  id: String(id),
  subject: 'component:default/other',
  at: formatInstant(at),
  measure: 'bench.value',
  value: id % 100,
})
const incident = (n: number, place: number, at: number, open: boolean) => ({
  kind: 'incident',
  id: `${n}-${place}`,
  subject: `component:default/${nameOf(n)}`,
  at: formatInstant(at),
  openedAt: formatInstant(at),
  ...(open ? {} : { resolvedAt: formatInstant(at + HOUR) }),
  title: 'It does not answer',
})

const now = Date.now()
const every = Array.from({ length: components }, (_, n) => n)
const query = { metricSource: { type: 'prometheus', spec: { query: 'up' } } }
for (const n of every) {
  const metadata = { name: nameOf(n) }
  await ground.catalog.write(
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata,
      spec: { type: 'service', lifecycle: 'production', owner: 'bench' },
    },
    { by },
  )
  await ground.catalog.write(
    {
      apiVersion: 'openslo/v1',
      kind: 'SLO',
      metadata,
      spec: {
        service: nameOf(n),
        indicator: { metadata: { name: 'answered' }, spec: { ratioMetric: { counter: true, good: query, total: query } } },
        timeWindow: [{ duration: '28d', isRolling: true }],
        budgetingMethod: 'Occurrences',
        objectives: [{ target: 0.99 }],
      },
    },
    { by },
  )
}
for (const n of every) await tell(Array.from({ length: 2_016 }, (_, m) => sample(n, now - 7 * DAY + m * 5 * MINUTE, 990 + (m % 11))))
await tell(every.flatMap((n) => Array.from({ length: 40 }, (_, d) => deployment(n, d, now - (40 - d) * 4 * HOUR))))
await tell(every.flatMap((n) => [incident(n, 0, now - 30 * HOUR, false), ...(n % 10 === 0 ? [incident(n, 1, now - HOUR, true)] : [])]))
await ground.store.maintain()
// In a quiet moment the embedded store brings what was written into its files.
await sleep(2_000)

const verdicts: Record<string, number> = {}
async function ask(n: number): Promise<number> {
  const begun = performance.now()
  const response = await app.request('http://127.0.0.1/api/gate', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${localKey}` },
    body: JSON.stringify({ component: nameOf(n % components), commit: (n + 1).toString(16).padStart(40, '0') }),
  })
  const { verdict } = (await response.json()) as { verdict: string }
  verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
  return performance.now() - begun
}
for (const n of every) await ask(n)

let coming = true
let told = 0
const incoming = (async () => {
  for (let second = 0; coming; second++) {
    const at = Date.now()
    const n = second % components
    const records = [
      // Each component tells its minute once a minute.
      ...every.filter((one) => one % 60 === second % 60).map((one) => sample(one, at, 995)),
      deployment(n, 100 + second, at),
      ...(second % 5 === 0 ? [incident(n, 100 + second, at, false)] : []),
      ...Array.from({ length: 50 }, (_, place) => measurement(second * 50 + place, at)),
    ]
    await tell(records)
    told += records.length
    await sleep(Math.max(0, at + 1_000 - Date.now()))
  }
})()
const begun = performance.now()
const answers: Promise<number>[] = []
const asked = rate * (FIRST_SECONDS + seconds)
for (let n = 0; n < asked; n++) {
  const due = begun + (n * 1_000) / rate
  if (performance.now() < due) await sleep(Math.max(0, due - performance.now()))
  answers.push(ask(n))
}
const times = await Promise.all(answers)
const took = (performance.now() - begun) / 1_000
coming = false
await incoming
const spread = (what: string, some: number[]) => {
  some.sort((a, b) => a - b)
  const at = (share: number) => `${some[Math.min(some.length - 1, Math.floor(share * some.length))]!.toFixed(1)} ms`
  console.log(`${what}: p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, longest ${at(1)}`)
}
spread('first seconds', times.slice(0, rate * FIRST_SECONDS))
spread('then', times.slice(rate * FIRST_SECONDS))
console.log(`answered ${(times.length / took).toFixed(0)} a second; ${told} records came in meanwhile`)
console.log(JSON.stringify(verdicts))
await close()
rmSync(folder, { recursive: true })
