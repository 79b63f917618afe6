import { Refusal } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { type Client, createClient } from '../client/index.ts'

/** How a command reaches its data: a server over HTTP, or the store in this very process. */
export interface Connection {
  client: Client
  /** Set when the store is open in this process. */
  ground: Ground | null
  /** For messages: an address or a folder. */
  where: string
  close(): Promise<void>
}

/**
 * Finds the data: `THROUGHLINE_URL`, else the server that holds the data folder, else the folder itself, with the
 * same routes in process.
 */
export async function connect(): Promise<Connection> {
  const url = process.env.THROUGHLINE_URL
  if (url) return overHttp(url, process.env.THROUGHLINE_TOKEN)
  return (await throughServer()) ?? (await inProcess())
}

/** Null when no server of this machine holds the data folder. */
async function throughServer(): Promise<Connection | null> {
  if (process.env.DATABASE_URL) return null
  const { dataFolder, localKeyFrom, secretOf } = await import('../data-folder.ts')
  const { lockHolder } = await import('../../ground/store/index.ts')
  const isServed = () => lockHolder(dataFolder()).then((holder) => holder?.address ?? null)
  const address = await isServed()
  if (!address || !(await answers(address, async () => (await isServed()) === address))) return null
  return overHttp(address, process.env.THROUGHLINE_TOKEN ?? localKeyFrom(secretOf(dataFolder())))
}

async function inProcess(): Promise<Connection> {
  const { dataFolder } = await import('../data-folder.ts')
  const { openThroughline } = await import('../../main.ts')
  try {
    const opened = await openThroughline()
    const client = createClient(async (path, init) => opened.app.request(`http://127.0.0.1${path}`, withBearer(init, opened.localKey)))
    return { client, ground: opened.ground, where: dataFolder(), close: opened.close }
  } catch (error) {
    // A server may have taken the folder since it was looked at.
    const server = error instanceof Refusal && error.problem.code === 'store.locked' ? await throughServer() : null
    if (server) return server
    throw error
  }
}

/** How long a server that holds the folder may take to start. */
const STARTING_MS = 30_000

/** Waits for a server that is only starting; false when it gave the folder back instead. */
async function answers(address: string, isStarting: () => Promise<boolean>): Promise<boolean> {
  const patience = AbortSignal.timeout(STARTING_MS)
  for (;;) {
    if (await fetch(`${address}/healthz`).catch(() => null)) return true
    if (!(await isStarting())) return false
    if (patience.aborted) return true // whoever asks it next is told that it does not answer
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function overHttp(address: string, token: string | undefined): Connection {
  const base = address.replace(/\/$/, '')
  const client = createClient(async (path, init) => {
    try {
      const response = await fetch(base + path, withBearer(init, token))
      // Read whole here, so that an answer that breaks off is told like one that never came.
      const isJson = response.headers.get('content-type')?.includes('json') ?? false
      return isJson ? new Response(await response.arrayBuffer(), response) : response
    } catch (error) {
      const cause = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).message
      throw new Refusal('cli.unreachable', `No Throughline answers at ${base} (${cause}).`, {
        fix: 'Start it with "npm start", or set THROUGHLINE_URL to where it runs; then do this again: what is there already is recognised.',
      })
    }
  })
  return { client, ground: null, where: base, close: async () => {} }
}

function withBearer(init: RequestInit | undefined, token: string | undefined): RequestInit {
  const headers = new Headers(init?.headers)
  if (token) headers.set('authorization', `Bearer ${token}`)
  return { ...init, headers }
}
