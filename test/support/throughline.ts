import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
const PROGRAM = join(ROOT, 'bin/throughline.cjs')
/** Where `bin/throughline.cjs` keeps compiled sources, too: without them each process spends most of its start on that. */
const COMPILED = join(ROOT, 'node_modules/.cache/compiled')

/** What a test may change about a process of ours. */
interface How {
  /** The data folder. */
  data: string
  env?: Record<string, string>
  cwd?: string
  nodeArgs?: readonly string[]
}

/** A command that has ended. */
export interface Run {
  /** Exit code; null when it was killed. */
  code: number | null
  out: string
  err: string
}

/** A command that runs. */
export interface Running {
  child: ChildProcess
  ended: Promise<Run>
}

/** Starts the real command line as a process of its own; its standard input is ended unless `open` asks for it. */
export function startCommand(args: readonly string[], how: How & { stdin?: string | Uint8Array | 'open' }): Running {
  const child = spawn(process.execPath, [...(how.nodeArgs ?? []), PROGRAM, ...args], {
    cwd: how.cwd,
    env: environment(how),
    stdio: 'pipe',
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (piece: Buffer) => (said.out += piece.toString()))
  child.stderr.on('data', (piece: Buffer) => (said.err += piece.toString()))
  child.stdin.on('error', () => undefined) // it ended before it had read all
  if (how.stdin !== 'open') child.stdin.end(how.stdin ?? '')
  return { child, ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said }))) }
}

/** Runs one command to its end. */
export function throughline(args: readonly string[], how: How & { stdin?: string | Uint8Array }): Promise<Run> {
  return startCommand(args, how).ended
}

/** What can be posted. */
export type Body = NonNullable<RequestInit['body']>

/** A real server. */
export interface Server extends Running {
  url: string
  port: number
  /** Posts lines to the stream of evidence. */
  post(body: Body, headers?: Record<string, string>): Promise<Response>
  get<T>(path: string): Promise<T>
  /** Kills it as a power cut would. */
  kill(): Promise<Run>
  /** Ends it in order. */
  stop(): Promise<Run>
}

/** Starts the real server on a data folder and waits until it says that it is ready, or that it runs although loading failed. */
export async function startServer(how: How & { port?: number }): Promise<Server> {
  const port = how.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const running = startCommand(['serve', '--empty'], { ...how, env: { ...how.env, PORT: String(port), HOST: '127.0.0.1' } })
  const { child, ended } = running
  await new Promise<void>((ready, failed) => {
    let said = ''
    const listen = (piece: Buffer) => {
      said += piece.toString()
      if (!/Throughline is ready|The server runs all the same/.test(said)) return
      child.stderr!.off('data', listen)
      ready()
    }
    child.stderr!.on('data', listen)
    void ended.then((run) => failed(new Error(`the server ended with ${run.code}: ${run.err}`)))
  })
  const signal = async (name: NodeJS.Signals) => {
    child.kill(name)
    return ended
  }
  return {
    ...running,
    url,
    port,
    post: (body, headers = {}) =>
      fetch(`${url}/api/evidence`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson', ...headers },
        body,
        duplex: 'half',
      } as RequestInit),
    get: async <T>(path: string) => (await fetch(url + path)).json() as Promise<T>,
    kill: () => signal('SIGKILL'),
    stop: () => signal('SIGTERM'),
  }
}

/** A port nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port was given'))))
    })
  })
}

/** An event record that differs from others by its id alone. */
export function event(id: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    kind: 'event',
    source: 'faults',
    id,
    subject: 'component:default/shop',
    at: '2026-05-04T10:00:00Z',
    type: 'test',
    data: { id },
    ...more,
  }
}

/** Records as the lines they are sent in. */
export function lines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('')
}

/** Ours alone: what names another store or server is left out. */
function environment({ data, env }: How): NodeJS.ProcessEnv {
  const { DATABASE_URL: _store, THROUGHLINE_URL: _server, THROUGHLINE_TOKEN: _token, ...rest } = process.env
  return { ...rest, OTEL_PORT: 'off', THROUGHLINE_DATA: data, NODE_COMPILE_CACHE: COMPILED, NO_COLOR: '1', ...env }
}
