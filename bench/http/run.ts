/**
 * Evidence through HTTP: `node bench/http/run.ts [events] [batch]`.
 * Starts a server of its own on an empty embedded store (or DATABASE_URL), posts deployments in batches over four
 * connections, and meanwhile asks for a reading every 50 ms. Prints events/s, the reader's latency and memory.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'

const events = Number(process.argv[2] ?? 200_000)
const batch = Number(process.argv[3] ?? 1_000)
const connections = 4
const port = 4500 + (process.pid % 400)
const base = `http://127.0.0.1:${port}`
const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
const server = spawn(process.execPath, [join(import.meta.dirname, '../../bin/throughline.cjs'), 'serve', '--empty'], {
  env: { ...process.env, PORT: String(port), OTEL_PORT: 'off', THROUGHLINE_DATA: folder },
  stdio: ['ignore', 'ignore', 'inherit'],
})

try {
  await ready()
  const latencies: number[] = []
  let posting = true
  const reader = (async () => {
    while (posting) {
      const started = performance.now()
      await (await fetch(`${base}/api/measures/delivery.deployment_frequency?subject=repository:default/quiet`)).arrayBuffer()
      latencies.push(performance.now() - started)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })()
  await metrics()
  const started = performance.now()
  let next = 0
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < events) {
        const from = next
        next += batch
        const response = await fetch(`${base}/api/evidence`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-ndjson' },
          body: lines(from, Math.min(batch, events - from)),
        })
        const answer = (await response.json()) as { accepted: number }
        if (answer.accepted !== Math.min(batch, events - from)) throw new Error(`not all taken: ${JSON.stringify(answer).slice(0, 400)}`)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  posting = false
  await reader
  const after = await metrics()
  latencies.sort((a, b) => a - b)
  const quantile = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))]!.toFixed(0)
  console.log(
    JSON.stringify(
      {
        hardware: `${cpus().length} × ${cpus()[0]!.model}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
        node: process.version,
        store: process.env.DATABASE_URL ? 'server' : 'embedded',
        events,
        batch,
        eventsPerSecond: Math.round(events / seconds),
        readerMs: { n: latencies.length, p50: quantile(0.5), p99: quantile(0.99), max: quantile(1) },
        eventLoopMaxMs: Math.round(1000 * after.throughline_event_loop_delay_max_seconds!),
        residentMB: Math.round(after.process_resident_memory_bytes! / 2 ** 20),
      },
      null,
      2,
    ),
  )
} finally {
  server.kill('SIGTERM')
  await new Promise((resolve) => server.on('exit', resolve))
  rmSync(folder, { recursive: true, force: true })
}

async function ready(): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const response = await fetch(`${base}/readyz`).catch(() => null)
    if (response?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the server did not become ready in 30 s')
}

async function metrics(): Promise<Record<string, number>> {
  const text = await (await fetch(`${base}/metrics`)).text()
  return Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
      .map((line) => [line.split(' ')[0]!, Number(line.split(' ')[1])]),
  )
}

/** Deployments of a hundred services, one a minute. */
function lines(from: number, count: number): string {
  return Array.from({ length: count }, (_, offset) => {
    const n = from + offset
    const at = new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString()
    return JSON.stringify({
      kind: 'deployment',
      source: 'bench',
      id: String(n),
      subject: `component:default/service-${n % 100}`,
      at,
      commit: n.toString(16).padStart(40, '0'),
      finishedAt: at,
      outcome: 'success',
      environment: 'production',
      note: 'a field of the sender that is kept',
    })
  }).join('\n')
}
