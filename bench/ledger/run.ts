import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIdentity } from '../../src/ground/identity/index.ts'
import { createLedger, type Evidence } from '../../src/ground/ledger/index.ts'
import { openStore } from '../../src/ground/store/index.ts'
import { readBatches } from '../../src/sources/ndjson/index.ts'

const [records = 50_000, size = 500] = process.argv.slice(2).map(Number)
const DAY = 86_400_000
const START = Date.parse('2026-01-01T00:00:00Z')

/** Deployments, incidents and work items of 50 services over a year, in order of time. */
function lineOf(n: number, outcome = 'success'): string {
  const at = new Date(START + (n / records) * 365 * DAY).toISOString()
  const common = { source: 'bench', id: `record-${n}`, subject: `component:default/service-${n % 50}`, at }
  if (n % 10 === 1)
    return JSON.stringify({
      kind: 'incident',
      ...common,
      title: `Incident ${n}: checkout answers slowly`,
      openedAt: at,
      severity: 'high',
      url: `https://pager.example/${n}`,
    })
  if (n % 10 < 4)
    return JSON.stringify({
      kind: 'work_item',
      ...common,
      title: `Work item ${n}: make it better`,
      state: outcome === 'success' ? 'open' : 'done',
      createdAt: at,
      labels: ['search', 'q3'],
      url: `https://tracker.example/${n}`,
    })
  return JSON.stringify({
    kind: 'deployment',
    ...common,
    environment: 'production',
    commit: n.toString(16).padStart(40, '0'),
    startedAt: at,
    finishedAt: at,
    outcome,
    pipeline: 'release',
    url: `https://ci.example/runs/${n}`,
  })
}

async function parsed(text: string): Promise<Evidence[][]> {
  const batches = await Array.fromAsync(readBatches([Buffer.from(text)], { records: size, bytes: Infinity }))
  return batches.map((batch) => batch.flatMap((one) => ('record' in one ? [one.record] : [])))
}

async function timed(what: string, count: number, work: () => Promise<void>): Promise<void> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const milliseconds = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  console.log(
    `${what.padEnd(40)} ${Math.round((count / milliseconds) * 1000)
      .toLocaleString('en-GB')
      .padStart(
        9,
      )} records/s  ${((milliseconds * 1000) / count).toFixed(1).padStart(6)} µs each  (${((user + system) / count).toFixed(1)} µs of processor)`,
  )
}

const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
const databaseUrl = process.env.DATABASE_URL
const store = await openStore(databaseUrl ? { databaseUrl } : { folder })
const identity = createIdentity({ store, clock: Date.now, secret: Buffer.alloc(32, 1) })
const ledger = createLedger({ store, clock: Date.now, pseudonym: identity.pseudonym })
const by = 'user:default/bench'
const append = async (batches: readonly Evidence[][]) => {
  for (const batch of batches) await ledger.append(batch, { by })
}

const text = Array.from({ length: records }, (_, n) => lineOf(n)).join('\n')
const changed = Array.from({ length: records / 10 }, (_, n) => lineOf(n * 10, 'failure')).join('\n')
console.log(
  `${records.toLocaleString('en-GB')} records of ${Math.round(text.length / records)} bytes, batches of ${size}, ${store.mode} store, Node ${process.versions.node}`,
)
let batches: Evidence[][] = []
await timed('read lines, parse and check', records, async () => void (batches = await parsed(text)))
await timed('append: all new', records, () => append(batches))
await timed('append: all known', records, () => append(batches))
const revisions = await parsed(changed)
await timed('append: all revised', records / 10, () => append(revisions))
await timed('summary', 1, async () => void (await ledger.summary()))
await store.close()
rmSync(folder, { recursive: true })
