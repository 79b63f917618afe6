import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..')
const READY_WITHIN_MS = 600_000

/** A real server on a data folder of its own. */
export interface Server {
  url: string
  stop(): Promise<void>
}

/**
 * Starts the product as its users do and waits until its first load is done.
 * @param wish `--example` loads this repository and the example company, `--empty` nothing
 */
export async function startServer(wish: '--example' | '--empty'): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-e2e-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const { DATABASE_URL: _elsewhere, ...own } = process.env
  const child = spawn(process.execPath, ['bin/throughline.cjs', 'serve', wish], {
    cwd: ROOT,
    env: {
      ...own,
      THROUGHLINE_DATA: folder,
      PORT: String(port),
      HOST: '127.0.0.1',
      OTEL_PORT: 'off',
      ALLOW_PRIVATE_ADDRESSES: '127.0.0.1',
      // Nobody learns anything while a test waits half a minute for an alert.
      JOBS_EVERY_SECONDS: '5',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: string[] = []
  child.stderr?.on('data', (piece: Buffer) => said.push(piece.toString()))
  const stop = async () => {
    await ended(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await ready(url, child)
  } catch (error) {
    await stop()
    throw new Error(`${(error as Error).message}\n${said.join('')}`, { cause: error })
  }
  return { url, stop }
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  const patience = AbortSignal.timeout(READY_WITHIN_MS)
  while (!patience.aborted) {
    if (child.exitCode !== null) throw new Error(`The server ended with code ${child.exitCode} before it was ready.`)
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`The server was not ready within ${READY_WITHIN_MS / 1000} s.`)
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await exit
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port was given'))))
    })
  })
}
