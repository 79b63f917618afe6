/**
 * Cohorts, funnels and revenue over many product events: `node bench/business/run.ts [events]`, by default 1000000, on an
 * empty embedded store (or DATABASE_URL). A tenth as many people over half a year: each event is one of signing up (one in
 * ten), opening (half), viewing (three in ten) or paying (one in ten). Times right after loading, again, over all weeks,
 * and as of a moment before the last batch came.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { DAY, formatInstant } from '../../src/ground/core/index.ts'
import type { Evidence } from '../../src/ground/ledger/index.ts'
import { businessOperations } from '../../src/houses/business/index.ts'
import { openThroughline, type Throughline } from '../../src/main.ts'

const events = Number(process.argv[2] ?? 1_000_000)
const BATCH = 5_000
const DAYS = 182
const END = Date.parse('2026-07-01T00:00:00Z')
const SUBJECT = 'component:default/app'
const by = 'user:default/bench'

const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
process.env.THROUGHLINE_SECRET ??= 'bench'
let now = END - DAY
const throughline = await openThroughline({ ...(process.env.DATABASE_URL ? {} : { store: { folder } }), clock: () => now })
try {
  console.log(JSON.stringify(await measure(throughline), null, 1))
} finally {
  await throughline.close()
  rmSync(folder, { recursive: true, force: true })
}

async function measure({ ground }: Throughline) {
  const { ledger, measures, store, catalog } = ground
  await catalog.applyFolder('/bench', declared(), { by })
  const load = await timed(async () => {
    for (const batch of batches()) await ledger.append(batch, { by })
  })
  const before = ledger.now()
  now = END
  await ledger.append([eventOf(events)], { by })
  const care = await timed(() => store.maintain())
  const window = { from: formatInstant(END - DAYS * DAY), to: formatInstant(END) }
  const call = async (id: string, ask: Record<string, unknown>) => {
    const operation = businessOperations.find((one) => one.id === id)!
    return operation.run(operation.input.parse({ subject: SUBJECT, ...window, ...ask }) as never, ground as never)
  }
  const read = (id: string, more: object = {}) =>
    measures.readMany({ measure: id, subject: SUBJECT, from: Date.parse(window.from), to: Date.parse(window.to), ...more })
  const all = async (more: { asOf?: number } = {}) => {
    const asOf = more.asOf === undefined ? {} : { asOf: formatInstant(more.asOf) }
    return {
      cohortTable: await timed(() => call('cohorts.read', { measure: 'retention', periods: '26', zone: 'Europe/Oslo', ...asOf })),
      funnelSteps: await timed(() => call('funnel.read', { measure: 'funnel', ...asOf })),
      activation: await timed(() => read('activation', more)),
      retention: await timed(() => read('retention', more)),
      revenuePerPayer: await timed(() => read('revenue', more)),
      activationByWeek: await timed(() => read('activation', { bucket: 'week', ...more })),
      retentionByWeek: await timed(() => read('retention', { bucket: 'week', ...more })),
      funnelByWeek: await timed(() => read('funnel', { bucket: 'week', ...more })),
      rowsOfActivation: await timed(() => measures.rows({ measure: 'activation', subject: SUBJECT, limit: 500 })),
    }
  }
  const first = await all()
  const again = await all()
  const past = await all({ asOf: before })
  const [activation] = await read('activation')
  const { bytes } = await store.health()
  return {
    hardware: `${cpus().length} × ${cpus()[0]!.model}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.version,
    store: store.mode,
    events,
    loadMsAndCpu: load,
    maintainMsAndCpu: care,
    firstMsAndCpu: first,
    againMsAndCpu: again,
    asOfEarlierMsAndCpu: past,
    storeMegabytes: Math.round(bytes / 2 ** 20),
    activation: [activation!.value, activation!.n],
  }
}

function declared() {
  const of = (name: string, unit: string, source: object) => ({
    apiVersion: 'throughline.dev/v1',
    kind: 'Measure',
    metadata: { name },
    spec: { question: 'How is it?', unit, source },
  })
  return [
    of('activation', 'ratio', { kind: 'activation', start: 'signed_up', value: 'paid', within: '14d' }),
    of('retention', 'ratio', { kind: 'retention', start: 'signed_up', return: 'opened', interval: 'week' }),
    of('funnel', 'ratio', { kind: 'funnel', steps: ['signed_up', 'opened', 'viewed', 'paid'], within: '14d' }),
    of('revenue', 'EUR', { kind: 'revenue_per_user', currency: 'EUR', per: 'paying' }),
  ]
}

function* batches(): Generator<Evidence[]> {
  for (let from = 0; from < events; from += BATCH)
    yield Array.from({ length: Math.min(BATCH, events - from) }, (_, index) => eventOf(from + index))
}

/** The same on every machine: each choice is a hash of the event's number (the finalizer of MurmurHash3). */
function eventOf(index: number): Evidence {
  const share = (salt: number) => {
    let hash = Math.imul(index + 1, 0x9e3779b1) ^ salt
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
  }
  const kind = Math.floor(share(1) * 10)
  return {
    kind: 'product_event',
    source: 'bench',
    id: String(index),
    subject: SUBJECT,
    at: formatInstant(END - DAY - Math.floor(share(2) * (DAYS - 2) * DAY)),
    basis: 'explicit',
    name: kind === 0 ? 'signed_up' : kind < 6 ? 'opened' : kind < 9 ? 'viewed' : 'paid',
    actor: `u${Math.floor(share(3) * (events / 10))}`,
    ...(kind === 9 ? { revenue: { amount: 5 + (index % 17), currency: index % 5 === 0 ? 'NOK' : 'EUR' } } : {}),
  }
}

/** Milliseconds that passed and milliseconds of processor time, which other work on the machine does not change as much. */
async function timed(work: () => Promise<unknown>): Promise<[number, number]> {
  const start = performance.now()
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return [Math.round(performance.now() - start), Math.round((user + system) / 1000)]
}
