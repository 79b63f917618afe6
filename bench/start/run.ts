/**
 * Warm start to the first page, and of a command: `node bench/start/run.ts [runs]`. The first start, which builds what is
 * missing and loads this repository into a data folder of its own, is not counted. The command (`gaps`) is started from the
 * program in one piece and from the sources, in turn; its first run of each kind compiles and is not counted, either.
 */
import { spawn, spawnSync } from 'node:child_process'
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

/** Milliseconds of a whole command. */
function command(file: string): number {
  const started = performance.now()
  const { status } = spawnSync(process.execPath, [join(root, file), 'gaps'], {
    cwd: root,
    env: { ...process.env, THROUGHLINE_DATA: folder, NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled') },
    stdio: 'ignore',
  })
  if (status === 2 || status === null) throw new Error(`gaps ended with ${status}`)
  return performance.now() - started
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

await start()
for (let run = 0; run < runs; run += 1) times.push(await start())
const built: number[] = []
const sources: number[] = []
for (let run = -1; run < runs; run += 1) {
  const [one, other] = [command('bin/throughline.cjs'), command('src/doors/cli/index.ts')]
  if (run < 0) continue
  built.push(one)
  sources.push(other)
}
rmSync(folder, { recursive: true, force: true })
console.log(JSON.stringify({ runs, firstPage: summary(times), gaps: summary(built), gapsFromSources: summary(sources) }))

function summary(taken: readonly number[]): { medianSeconds: number; maxSeconds: number } {
  const sorted = taken.toSorted((a, b) => a - b)
  const seconds = (ms: number) => Number((ms / 1000).toFixed(2))
  return { medianSeconds: seconds(sorted[Math.floor(sorted.length / 2)]!), maxSeconds: seconds(sorted.at(-1)!) }
}
