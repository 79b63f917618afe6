/**
 * The way of work items: `node bench/flow/run.ts [items…]`, by default 10000. For each size, on an empty embedded store
 * (or DATABASE_URL): items over twenty repositories, a tenth of them opened again, each with a change that names it and
 * a deployment; how long links take to be found, then each question over all of history, whole and by week.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY, formatInstant, HOUR } from '../../src/ground/core/index.ts'
import { type Evidence, parseEvidence } from '../../src/ground/ledger/index.ts'
import { freshWorkLinks } from '../../src/houses/delivery/work-links/index.ts'
import { openThroughline, type Throughline } from '../../src/main.ts'

const START = Date.parse('2025-01-01T00:00:00Z')
const REPOSITORIES = 20
const by = 'user:default/bench'
const sizes = process.argv.slice(2).map(Number)

for (const items of sizes.length ? sizes : [10_000]) {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
  process.env.THROUGHLINE_SECRET ??= 'bench'
  const end = START + items * HOUR + 90 * DAY
  const throughline = await openThroughline({ ...(process.env.DATABASE_URL ? {} : { store: { folder } }), clock: () => end })
  try {
    console.log(JSON.stringify(await measure(throughline, items, end), null, 1))
  } finally {
    await throughline.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure({ ground }: Throughline, items: number, end: number) {
  const { ledger, measures, store } = ground
  const records = Array.from({ length: items }, (_, index) => recordsOf(index)).flat()
  const load = await timed(async () => {
    for (let from = 0; from < records.length; from += 2_000) await ledger.append(records.slice(from, from + 2_000), { by })
  })
  await store.maintain()
  const links = await timed(() => freshWorkLinks(ground))
  const derived = await timed(() => measures.read({ measure: 'delivery.change_lead_time', from: START, to: end }))
  const asked: Record<string, { whole: number; byWeek: number; n: number }> = {}
  for (const id of ['delivery.flow_time', 'delivery.start_wait', 'delivery.work_in_progress', 'delivery.unplanned_share']) {
    const ask = { measure: id, from: START, to: end }
    const whole = await timed(() => measures.read(ask))
    const byWeek = await timed(() => measures.readMany({ ...ask, bucket: 'week' }))
    asked[id] = { whole, byWeek, n: (await measures.read(ask)).n }
  }
  return { items, records: records.length, load, links, derived, asked }
}

function recordsOf(index: number): Evidence[] {
  const at = START + index * HOUR
  const key = `SHOP-${index + 1}`
  const sha = (letter: string) => letter + index.toString(16).padStart(39, '0')
  const tell = (kind: string, source: string, id: string, moment: number, more: Record<string, unknown>): Evidence => {
    const subject = `repository:default/r${index % REPOSITORIES}`
    const read = parseEvidence({ kind, source, id, subject, at: formatInstant(moment), ...more })
    if (!read.ok) throw new Error(read.problems[0]!.message)
    return read.value
  }
  const hours = (count: number) => formatInstant(at + count * HOUR)
  const item = (moment: number, more: Record<string, unknown>) =>
    tell('work_item', 'tracker', key, at + moment * HOUR, {
      title: `Item ${index}`,
      type: index % 5 === 0 ? 'bug' : 'story',
      createdAt: hours(0),
      startedAt: hours(20),
      ...more,
    })
  return [
    item(60, { state: 'done', doneAt: hours(60) }),
    ...(index % 10 === 0 ? [item(61, { state: 'open', none: ['doneAt'] }), item(70, { state: 'done', doneAt: hours(70) })] : []),
    tell('change', 'forge', String(index), at + 50 * HOUR, {
      number: index + 1,
      title: `${key} do it`,
      openedAt: hours(40),
      firstReviewAt: hours(45),
      mergedAt: hours(50),
      mergeCommit: sha('c'),
      commits: [{ sha: sha('b'), authoredAt: hours(30) }],
    }),
    tell('deployment', 'ci', String(index), at + 55 * HOUR, {
      commit: sha('c'),
      commits: [sha('c')],
      finishedAt: hours(55),
      outcome: 'success',
    }),
  ]
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return Math.round(performance.now() - start)
}
