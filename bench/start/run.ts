/**
 * Warm start to the first page: `node bench/start/run.ts [runs]`. The first start, which builds what is missing and loads
 * this repository into a data folder of its own, is not counted.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const runs = Number(process.argv[2] ?? 5)
const port = 4900 + (process.pid % 90)
const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-start-'))
const times: number[] = []

/** Milliseconds from the command to the first page; waits until everything is loaded before it stops the server again. */
async function start(): Promise<number> {
  const started = performance.now()
  const server = spawn('npm', ['start', '--silent'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), OTEL_PORT: 'off', THROUGHLINE_DATA: folder },
    stdio: 'ignore',
    detached: true,
  })
  while (!(await answers('/'))) await pause(20)
  const taken = performance.now() - started
  while (!(await answers('/readyz'))) await pause(100)
  process.kill(-server.pid!, 'SIGTERM')
  while (await answers('/healthz')) await pause(50)
  await pause(500)
  return taken
}

async function answers(path: string): Promise<boolean> {
  return (await fetch(`http://127.0.0.1:${port}${path}`).catch(() => null))?.ok === true
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

await start()
for (let run = 0; run < runs; run += 1) times.push(await start())
rmSync(folder, { recursive: true, force: true })
times.sort((a, b) => a - b)
console.log(
  JSON.stringify({
    runs,
    medianSeconds: Number((times[Math.floor(runs / 2)]! / 1000).toFixed(2)),
    maxSeconds: Number((times.at(-1)! / 1000).toFixed(2)),
  }),
)
