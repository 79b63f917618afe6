import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { createIdentity } from '../../src/ground/identity/index.ts'
import { allowedAddresses, createIntake } from '../../src/ground/intake/index.ts'
import { createLedger } from '../../src/ground/ledger/index.ts'
import { createMoments, openStore, sql } from '../../src/ground/store/index.ts'
import { github } from '../../src/sources/github/index.ts'

const [pulls = 10_000] = process.argv.slice(2).map(Number)

/** The server has a thread of its own, as it has a machine of its own elsewhere. */
const worker = new Worker(new URL('server.ts', import.meta.url), { workerData: { pulls } })
const base = await new Promise<string>((ready) => worker.once('message', ready))

const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
const databaseUrl = process.env.DATABASE_URL
const store = await openStore(databaseUrl ? { databaseUrl } : { folder })
const clock = Date.now
const identity = createIdentity({ store, clock, secret: Buffer.alloc(32, 1) })
const moments = createMoments({ store, clock })
const ledger = createLedger({ store, clock, moments, pseudonym: identity.pseudonym })
const intake = createIntake({ store, ledger, identity, clock, outgoing: { allowed: allowedAddresses('127.0.0.1') } })

/** Time spent in each part of the work: what a page asks, reads and keeps follows one another. */
const spent = { asking: 0 }
const { page } = github.pull!
github.pull!.page = async (ask) => {
  const start = performance.now()
  try {
    return await page(ask)
  } finally {
    spent.asking += performance.now() - start
  }
}
const reading = { milliseconds: 0 }
const { read } = github.push!
github.push!.read = (payload, settings) => {
  const start = performance.now()
  try {
    return read(payload, settings)
  } finally {
    reading.milliseconds += performance.now() - start
  }
}

intake.registerSource(github)
const { id } = await intake.connect(
  { source: 'github', settings: { apiAddress: base, repositories: ['acme/shop'], pollMinutes: 0 }, secrets: {} },
  'user:default/bench',
)
await intake.backfill(id, 0)
const cpu = process.cpuUsage()
const start = performance.now()
await intake.pull(new AbortController().signal)
const seconds = (performance.now() - start) / 1000
const { user, system } = process.cpuUsage(cpu)
const requests = await new Promise<number>((answer) => {
  worker.once('message', answer)
  worker.postMessage('requests')
})
const [kept] = await store.query<{ n: number }>(sql`select count(*) as n from evidence_change where learned_to = 'infinity'`)
const states = await intake.pulls(id)

const share = (s: number) => `${s.toFixed(1).padStart(6)} s  ${Math.round((100 * s) / seconds)} %`
console.log(`${pulls.toLocaleString('en-GB')} pull requests with reviews, ${store.mode} store, Node ${process.versions.node}`)
console.log(
  `kept ${kept!.n.toLocaleString('en-GB')}, ${states.filter(({ state }) => state === 'done').length} of ${states.length} lists done`,
)
console.log(
  `all                       ${share(seconds)}  ${Math.round(pulls / seconds)} pull requests/s, ${Math.round(requests / seconds)} requests/s`,
)
console.log(
  `  asking, one by one      ${share(spent.asking / 1000)}  ${requests.toLocaleString('en-GB')} requests, ${(spent.asking / requests).toFixed(2)} ms each`,
)
console.log(`  reading payloads        ${share(reading.milliseconds / 1000)}`)
console.log(`  keeping                 ${share(seconds - (spent.asking + reading.milliseconds) / 1000)}`)
console.log(`processor time of all threads, the server's included: ${((user + system) / 1e6).toFixed(1)} s`)
console.log(`at GitHub's 5,000 requests an hour the same takes ${(requests / 5_000).toFixed(1)} h`)
await store.close()
await worker.terminate()
rmSync(folder, { recursive: true })
