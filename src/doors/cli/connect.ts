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
  const { dataFolder, localKeyOf, openThroughline } = await import('../../main.ts')
  if (!process.env.DATABASE_URL) {
    const { lockHolder } = await import('../../ground/store/index.ts')
    const holder = await lockHolder(dataFolder())
    if (holder?.address) return overHttp(holder.address, process.env.THROUGHLINE_TOKEN ?? localKeyOf(dataFolder()))
  }
  const opened = await openThroughline()
  const client = createClient(async (path, init) => opened.app.request(`http://127.0.0.1${path}`, withBearer(init, opened.localKey)))
  return { client, ground: opened.ground, where: dataFolder(), close: opened.close }
}

function overHttp(address: string, token: string | undefined): Connection {
  const base = address.replace(/\/$/, '')
  const client = createClient(async (path, init) => {
    try {
      return await fetch(base + path, withBearer(init, token))
    } catch (error) {
      const cause = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).message
      throw new Refusal('cli.unreachable', `No Throughline answers at ${base} (${cause}).`, {
        fix: 'Start it with "npm start", or set THROUGHLINE_URL to where it runs.',
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
