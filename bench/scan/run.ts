/**
 * A full scan of one repository beside one plain `git log --numstat` of it, in turns, each in a process of its own:
 * the scan alone (its records thrown away), and into a real embedded store.
 *
 *   node bench/scan/run.ts <repository> [--rounds 3] [--alone]
 */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { groundSink } from '../../src/doors/ground-sink.ts'
import { openStore } from '../../src/ground/store/index.ts'
import { groundOn } from '../../src/main.ts'
import { declarations } from '../../src/sources/files/index.ts'
import { scanRepository, type ScanSink } from '../../src/sources/git/index.ts'

type Way = 'plain' | 'alone' | 'store'

interface Taken {
  seconds: number
  /** Of our process and threads; git's own processes are not in it. */
  peakMegabytes?: number
  found?: string
}

async function compare(path: string, ways: Way[], rounds: number): Promise<void> {
  const taken = new Map<Way, Taken[]>(ways.map((way) => [way, []]))
  for (let round = 0; round < rounds; round++) {
    for (const way of ways)
      taken
        .get(way)!
        .push(
          JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), path, '--once', way], { encoding: 'utf8' })) as Taken,
        )
  }
  const plain = median(taken.get('plain')!.map(({ seconds }) => seconds))
  console.log(
    `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB; Node ${process.versions.node}; ${execFileSync('git', ['--version'], { encoding: 'utf8' }).trim()}; ${rounds} rounds, medians`,
  )
  for (const [way, runs] of taken) {
    const seconds = median(runs.map((run) => run.seconds))
    const spread = `${Math.min(...runs.map((run) => run.seconds)).toFixed(1)}–${Math.max(...runs.map((run) => run.seconds)).toFixed(1)}`
    console.log(
      [
        NAMES[way],
        `${seconds.toFixed(2)} s (${spread})`,
        `${(seconds / plain).toFixed(2)} × plain`,
        runs[0]?.peakMegabytes ? `peak ${median(runs.map((run) => run.peakMegabytes!))} MB` : '',
        runs[0]?.found ?? '',
      ]
        .filter(Boolean)
        .join('  '),
    )
  }
}

const NAMES: Record<Way, string> = { plain: 'git log --numstat', alone: 'scan, thrown away', store: 'scan into a store' }

async function once(way: Way, path: string): Promise<Taken> {
  const started = performance.now()
  const since = (from: number) => (performance.now() - from) / 1000
  if (way === 'plain') {
    const git = spawn('git', ['log', '--numstat', 'HEAD'], { cwd: path, stdio: ['ignore', 'pipe', 'ignore'] })
    const ended = new Promise<number | null>((resolve) => git.once('exit', resolve))
    for await (const _ of git.stdout);
    if ((await ended) !== 0) throw new Error('git log --numstat cannot read this repository whole, so there is nothing to compare with.')
    return { seconds: since(started) }
  }
  if (way === 'alone') {
    const report = await scanRepository(path, { sink: nowhere, declarations, now: Date.now() })
    return { seconds: since(started), peakMegabytes: peak(), found: foundIn(report) }
  }
  const folder = await mkdtemp(join(tmpdir(), 'throughline-bench-'))
  const store = await openStore({ folder })
  try {
    const open = groundSink(groundOn(store, Date.now, Buffer.alloc(32, 1)))
    const opened = performance.now()
    const report = await scanRepository(path, { sink: await open(path), declarations, now: Date.now() })
    const seconds = since(opened)
    const again = performance.now()
    await scanRepository(path, { sink: await open(path), declarations, now: Date.now() })
    return { seconds, peakMegabytes: peak(), found: `${foundIn(report)}; again with nothing new ${since(again).toFixed(2)} s` }
  } finally {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const nowhere: ScanSink = { append: async () => {}, retract: async () => {}, entities: async () => {}, saveCursor: async () => {} }

function foundIn({ commits, changes, deployments }: { commits: number; changes: number; deployments: number }): string {
  return `${commits} commits, ${changes} changes, ${deployments} deployments`
}

function peak(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024)
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' }, alone: { type: 'boolean', default: false }, once: { type: 'string' } },
})
const [repository] = positionals
if (!repository) {
  console.error('Name a repository: node bench/scan/run.ts <repository> [--rounds 3] [--alone]')
  process.exit(2)
}
if (values.once) console.log(JSON.stringify(await once(values.once as Way, repository)))
else await compare(repository, values.alone ? ['plain', 'alone'] : ['plain', 'alone', 'store'], Number(values.rounds))
