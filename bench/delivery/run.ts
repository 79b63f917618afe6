/**
 * Delivery measures over long histories: `node bench/delivery/run.ts [changes…]`, by default 10000 100000.
 * For each size, on an empty embedded store (or DATABASE_URL): DORA's five right after loading (everything still to be derived),
 * then the house's others (those that rest on links to work find them first), all again, each over all of history, and lead time
 * after one more event of every kind.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { DAY, formatInstant, HOUR, MINUTE } from '../../src/ground/core/index.ts'
import type { Evidence } from '../../src/ground/ledger/index.ts'
import { openThroughline, type Throughline } from '../../src/main.ts'
import { endOf, historyOf, SUBJECT } from './history.ts'

const five = ['change_lead_time', 'deployment_frequency', 'change_failure_rate', 'failed_deployment_recovery_time', 'rework_rate'].map(
  (name) => `delivery.${name}`,
)
const sizes = process.argv.slice(2).map(Number)
const by = 'user:default/bench'

for (const changes of sizes.length ? sizes : [10_000, 100_000]) {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
  process.env.THROUGHLINE_SECRET ??= 'bench'
  let now = endOf(changes)
  const throughline = await openThroughline({ ...(process.env.DATABASE_URL ? {} : { store: { folder } }), clock: () => now })
  try {
    console.log(JSON.stringify(await measure(throughline, changes, (at) => (now = at)), null, 1))
  } finally {
    await throughline.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure({ ground }: Throughline, changes: number, setNow: (at: number) => void) {
  const { ledger, measures, store } = ground
  const ids = measures
    .list()
    .map(({ id }) => id)
    .filter((id) => id.startsWith('delivery.'))
  const load = await timed(async () => {
    for (const batch of batchesOf(historyOf(changes), 2_000)) await ledger.append(batch, { by })
  })
  // The server does so every minute where tables have grown.
  const care = await timed(() => store.maintain())
  const all = { from: Date.parse('2023-12-01T00:00:00Z'), to: endOf(changes) }
  const each = async (which: string[], more: object = {}) => {
    const times: Record<string, number> = {}
    for (const id of which) times[id] = await timed(() => measures.read({ measure: id, subject: SUBJECT, ...more }))
    return times
  }
  const first = await timed(() => each(five))
  const others = await timed(() => each(ids.filter((id) => !five.includes(id))))
  const again = await timed(() => each(ids))
  const everything = await each(ids, all)
  const readings = await Promise.all(ids.map((id) => measures.read({ measure: id, subject: SUBJECT, ...all })))
  const after: Record<string, number> = {}
  for (const [kind, record] of Object.entries(oneMore(changes))) {
    await ledger.append([record], { by })
    setNow(endOf(changes) + DAY)
    after[kind] = await timed(() => measures.read({ measure: 'delivery.change_lead_time', subject: SUBJECT }))
  }
  const { bytes } = await store.health()
  return {
    hardware: `${cpus().length} × ${cpus()[0]!.model}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.version,
    store: store.mode,
    changes,
    deployments: changes / 5,
    loadMs: load,
    maintainMs: care,
    fiveFirstMs: first,
    othersFirstMs: others,
    allAgainMs: again,
    eachOverAllOfHistoryMs: everything,
    leadTimeAfterOneMoreMs: after,
    storeMegabytes: Math.round(bytes / 2 ** 20),
    answers: Object.fromEntries(readings.map(({ measure: id, value, n }) => [id, [value, n]])),
  }
}

/** One more event of each kind, at the end of history. */
function oneMore(changes: number): Record<string, Evidence> {
  const [commit, change] = [...historyOf(1, changes + 4 - (changes % 10))].filter(({ kind }) => kind !== 'deployment')
  const finishedAt = formatInstant(endOf(changes) + HOUR)
  const deployment = {
    ...[...historyOf(5, changes - (changes % 5))].find(({ kind }) => kind === 'deployment')!,
    id: 'one-more',
    at: finishedAt,
    finishedAt,
  } as Evidence
  const openedAt = formatInstant(endOf(changes) + HOUR + 5 * MINUTE)
  return {
    commit: commit!,
    change: change!,
    deployment,
    incident: {
      kind: 'incident',
      source: 'pager',
      id: 'one-more',
      subject: SUBJECT,
      at: openedAt,
      title: 'One more',
      openedAt,
    } as Evidence,
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return Math.round((performance.now() - started) * 10) / 10
}

function* batchesOf<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = []
  for (const item of items) {
    batch.push(item)
    if (batch.length === size) {
      yield batch
      batch = []
    }
  }
  if (batch.length) yield batch
}
