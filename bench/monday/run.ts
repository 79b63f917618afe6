/**
 * Monday of a large organisation: `node bench/monday/run.ts [components] [changes]`.
 * Starts a server of its own on an empty embedded store (or DATABASE_URL) with so many components, five outcomes and five
 * principles, deploys changes through half a year, and asks for the home page: first, after one more record, as the web app
 * does after one more record (an older answer, then one with the record), and while nothing is written. Prints milliseconds
 * at the server's door.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const components = Number(process.argv[2] ?? 1_000)
const changes = Number(process.argv[3] ?? 30_000)
const DAY = 86_400_000
const now = Date.now()
const port = 4500 + (process.pid % 400)
const base = `http://127.0.0.1:${port}`
const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
const server = spawn(process.execPath, [join(import.meta.dirname, '../../bin/throughline.cjs'), 'serve', '--empty'], {
  env: { ...process.env, PORT: String(port), OTEL_PORT: 'off', THROUGHLINE_DATA: folder },
  stdio: ['ignore', 'ignore', 'inherit'],
})

try {
  for (
    let tries = 0;
    tries < 600 &&
    !(await fetch(`${base}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ));
    tries++
  )
    await pause(100)
  await post('/api/apply', { folder: '/bench', drafts: intent() }, 'application/json')
  for (let from = 0; from < changes; from += 1_000) await post('/api/evidence', lines(from, Math.min(1_000, changes - from)))
  const first = await monday()
  const again: number[] = []
  for (let round = 0; round < 5; round++) {
    await post('/api/evidence', lines(changes + round, 1))
    again.push(await monday())
  }
  const older: number[] = []
  const newest: number[] = []
  for (let round = 0; round < 5; round++) {
    await monday()
    await post('/api/evidence', lines(changes + 5 + round, 1))
    const started = performance.now()
    older.push(await monday('max-stale=86400'))
    await monday() // what is being made already, or anew: all there is
    newest.push(performance.now() - started)
  }
  const kept: number[] = []
  for (let round = 0; round < 20; round++) kept.push(await monday())
  const middle = (values: number[]) => Math.round(values.toSorted((a, b) => a - b)[values.length >> 1]!)
  console.log(
    JSON.stringify({
      components,
      changes,
      firstMs: Math.round(first),
      afterOneRecordMs: middle(again),
      afterOneRecordOlderMs: middle(older),
      afterOneRecordOlderThenNewestMs: middle(newest),
      whileNothingIsWrittenMs: middle(kept),
    }),
  )
} finally {
  server.kill()
  await new Promise((resolve) => server.once('exit', resolve))
  rmSync(folder, { recursive: true, force: true })
}

function intent() {
  const draft = (kind: string, name: string, spec: object) => ({ apiVersion: 'throughline.dev/v1', kind, metadata: { name }, spec })
  const day = (days: number) => new Date(now + days * DAY).toISOString().slice(0, 10)
  const measures = [
    'delivery.change_lead_time',
    'delivery.deployment_frequency',
    'delivery.change_failure_rate',
    'delivery.change_size',
    'work.commits',
  ]
  return [
    ...Array.from({ length: components }, (_, index) => ({
      ...draft('Component', `c${index}`, {
        type: 'service',
        lifecycle: 'production',
        owner: `team-${index % 50}`,
        system: `s${index % 40}`,
      }),
      apiVersion: 'backstage.io/v1alpha1',
    })),
    ...measures.map((measure, index) =>
      draft('Outcome', `o${index}`, {
        statement: 'It gets better.',
        measure,
        owner: 'team-1',
        baseline: { value: 1, at: day(-120) },
        target: { value: 2, by: day(60) },
      }),
    ),
    ...Array.from({ length: 5 }, (_, index) =>
      draft('Principle', `p${index}`, {
        statement: 'Small.',
        forbids: ['large'],
        signals: [{ measure: 'delivery.change_size', atMost: 400 + index }],
      }),
    ),
  ]
}

/** A change and its deployment, one after the other through half a year. */
function lines(from: number, count: number): string {
  return Array.from({ length: count }, (_, index) => from + index)
    .flatMap((id) => {
      const at = now - Math.floor((182 * DAY * ((id * 7_919) % changes)) / changes) - 3_600_000
      const subject = `component:default/c${id % components}`
      const sha = id.toString(16).padStart(40, '0')
      const iso = (moment: number) => new Date(moment).toISOString()
      return [
        {
          kind: 'change',
          source: 'bench',
          id: `c${id}`,
          subject,
          at: iso(at),
          number: id,
          title: `Change ${id}`,
          openedAt: iso(at - DAY),
          mergedAt: iso(at),
          mergeCommit: sha,
          commits: [{ sha, authoredAt: iso(at - 2 * DAY) }],
          additions: id % 700,
          deletions: 3,
        },
        {
          kind: 'deployment',
          source: 'bench',
          id: `d${id}`,
          subject,
          at: iso(at + 3_000_000),
          commit: sha,
          commits: [sha],
          finishedAt: iso(at + 3_000_000),
          outcome: 'success',
        },
      ]
    })
    .map((record) => JSON.stringify(record))
    .join('\n')
}

async function monday(cacheControl?: string): Promise<number> {
  const started = performance.now()
  const response = await fetch(`${base}/api/monday`, cacheControl ? { headers: { 'cache-control': cacheControl } } : {})
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`Monday answered ${response.status}`)
  return performance.now() - started
}

async function post(path: string, body: object | string, type = 'application/x-ndjson'): Promise<void> {
  const response = await fetch(`${base}${path}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${(await response.text()).slice(0, 400)}`)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
