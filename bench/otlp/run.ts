/**
 * Spans through OTLP/HTTP: `node bench/otlp/run.ts [spans] [batch] [json]`.
 * Starts a server of its own on an empty embedded store (or DATABASE_URL) and posts requests of ten services with twenty
 * operations each over four connections, packed with gzip as Collectors send them; spans call one another across services.
 * Bodies are made before the clock starts. Prints spans/s, how long answers took and the memory.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type SentSpan, traceBytes, traceJson } from '../../test/support/otlp.ts'

const spans = Number(process.argv[2] ?? 400_000)
/** What an SDK sends at once unless told otherwise (OTEL_BSP_MAX_EXPORT_BATCH_SIZE). */
const batch = Number(process.argv[3] ?? 512)
const asJson = process.argv[4] === 'json'
const connections = 4
const port = 4500 + (process.pid % 400)
const base = `http://127.0.0.1:${port}`
const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
const server = spawn(process.execPath, [join(import.meta.dirname, '../../bin/throughline.cjs'), 'serve', '--empty'], {
  env: { ...process.env, PORT: String(port), OTEL_PORT: 'off', THROUGHLINE_DATA: folder },
  stdio: ['ignore', 'ignore', 'inherit'],
})

try {
  const bodies = Array.from({ length: Math.ceil(spans / batch) }, (_, n) => body(n))
  await ready()
  await metrics()
  const latencies: number[] = []
  const started = performance.now()
  let next = 0
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < bodies.length) {
        const sent = bodies[next]!
        next += 1
        const from = performance.now()
        const response = await fetch(`${base}/v1/traces`, {
          method: 'POST',
          headers: { 'content-type': asJson ? 'application/json' : 'application/x-protobuf', 'content-encoding': 'gzip' },
          body: new Uint8Array(sent),
        })
        const answer = await response.text()
        if (response.status !== 200 || (answer !== '' && answer !== '{}')) throw new Error(`not all taken: ${response.status} ${answer}`)
        latencies.push(performance.now() - from)
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  const after = await metrics()
  latencies.sort((a, b) => a - b)
  const quantile = (share: number) => Math.round(latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))]!)
  console.log(
    JSON.stringify(
      {
        hardware: `${cpus().length} × ${cpus()[0]!.model}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
        node: process.version,
        store: process.env.DATABASE_URL ? 'server' : 'embedded',
        encoding: asJson ? 'json' : 'protobuf',
        spans: bodies.length * batch,
        batch,
        bytesPerSpan: Math.round(bodies.reduce((sum, { length }) => sum + length, 0) / bodies.length / batch),
        spansPerSecond: Math.round((bodies.length * batch) / seconds),
        answerMs: { p50: quantile(0.5), p99: quantile(0.99), max: quantile(1) },
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

/** A request: one service's spans, each a call it serves or one it makes, over two minutes. */
function body(n: number): Buffer {
  const from = Date.now() - 180_000
  const sent = Array.from({ length: batch }, (_, k): SentSpan => {
    const id = n * batch + k + 1
    const serves = k % 2 === 0
    return {
      trace: id.toString(16).padStart(32, '1'),
      span: id.toString(16).padStart(16, '0'),
      parent: Math.max(1, id - batch + 1)
        .toString(16)
        .padStart(16, '0'),
      name: serves ? 'GET' : 'GET /orders',
      kind: serves ? 2 : 3,
      at: from + ((n * 7 + k) % 120) * 1_000,
      ms: 1 + ((id * 7919) % 400),
      isError: id % 97 === 0,
      attributes: {
        'http.request.method': 'GET',
        ...(serves ? { 'http.route': `/orders/{id}/part-${k % 20}` } : { 'server.address': `service-${(n + 1) % 10}` }),
        'http.response.status_code': id % 97 === 0 ? 500 : 200,
        'url.path': `/orders/${id}`,
        'network.protocol.version': '1.1',
        'user_agent.original': 'bench/1.0 (one of many attributes that nobody counts)',
      },
    }
  })
  const resources = [{ resource: { 'service.name': `service-${n % 10}`, 'service.instance.id': `i-${n % 10}` }, spans: sent }]
  return gzipSync(asJson ? JSON.stringify(traceJson(resources)) : traceBytes(resources), { level: 1 })
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
