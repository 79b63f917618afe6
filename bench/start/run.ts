/** Warm start to the first page: `node bench/start/run.ts [runs]`. Expects one start before, so that everything is built. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const runs = Number(process.argv[2] ?? 5)
const port = 4900 + (process.pid % 90)
const times: number[] = []
for (let run = 0; run < runs; run += 1) {
  const started = performance.now()
  const server = spawn('npm', ['start', '--silent'], {
    cwd: root,
    env: { ...process.env, PORT: String(port) },
    stdio: 'ignore',
    detached: true,
  })
  while (!(await fetch(`http://127.0.0.1:${port}/`).catch(() => null))?.ok) await new Promise((resolve) => setTimeout(resolve, 20))
  times.push(performance.now() - started)
  process.kill(-server.pid!, 'SIGTERM')
  await new Promise((resolve) => server.on('exit', resolve))
  await new Promise((resolve) => setTimeout(resolve, 500))
}
times.sort((a, b) => a - b)
console.log(
  JSON.stringify({
    runs,
    medianSeconds: Number((times[Math.floor(runs / 2)]! / 1000).toFixed(2)),
    maxSeconds: Number((times.at(-1)! / 1000).toFixed(2)),
  }),
)
