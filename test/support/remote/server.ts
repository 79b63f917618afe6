import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as a dialect sees it. */
export interface Asked {
  method: string
  /** Below the server, decoded. */
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  /** JSON of what was posted; null without. */
  body: unknown
  /** Address of the server itself, for links. */
  base: string
}

export interface Told {
  status?: number
  headers?: Record<string, string>
  body: unknown
}

/** How a request goes wrong. */
export type Trouble = 'error' | 'drop' | 'truncate'

interface Limit {
  requests: number
  closedMs: number
  say: (openInMs: number) => Told
}

/** A system of ours that speaks like a vendor's: pages, limits, and things that go wrong. */
export interface RemoteServer {
  base: string
  /** Requests that came, failed ones included. */
  requests: number
  /** Requests that came although the limit was used up. */
  tooEarly: number
  /** What goes wrong with the request of this number; nothing unless set. */
  trouble: (request: number) => Trouble | null
  /** Requests after which all are turned away for a while, however slow the machine; none unless set. */
  limit: Limit | null
  close(): Promise<void>
}

/** @param dialect what is at a path; null: nothing */
export async function remoteServer(dialect: (asked: Asked) => Told | null): Promise<RemoteServer> {
  let door: { of: Limit; left: number; closedUntil: number } | null = null
  const remote: RemoteServer = {
    base: '',
    requests: 0,
    tooEarly: 0,
    trouble: () => null,
    limit: null,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      remote.requests += 1
      const trouble = remote.trouble(remote.requests)
      if (trouble === 'drop') return void request.socket.destroy()
      const url = new URL(request.url!, remote.base)
      const told = limited() ?? (trouble === 'error' ? { status: 502, body: 'a proxy says no' } : tell(url, Buffer.concat(pieces)))
      const text = JSON.stringify(told.body)
      response.writeHead(told.status ?? 200, { 'content-type': 'application/json; charset=utf-8', ...told.headers })
      // Cut in the middle and ended in order: nothing but the JSON itself shows it.
      response.end(trouble === 'truncate' ? text.slice(0, text.length / 2) : text)
    })
    const tell = (url: URL, body: Buffer): Told =>
      dialect({
        method: request.method!,
        path: decodeURIComponent(url.pathname),
        query: url.searchParams,
        headers: request.headers,
        body: body.length > 0 ? JSON.parse(body.toString()) : null,
        base: remote.base,
      }) ?? { status: 404, body: { message: 'Not Found' } }
  })

  function limited(): Told | null {
    const { limit } = remote
    if (!limit) return null
    const now = Date.now()
    if (door?.of !== limit || (door.left === 0 && now >= door.closedUntil))
      door = { of: limit, left: limit.requests, closedUntil: now + (limit.requests === 0 ? limit.closedMs : 0) }
    if (door.left > 0) {
      door.left -= 1
      if (door.left === 0) door.closedUntil = now + limit.closedMs
      return null
    }
    remote.tooEarly += 1
    return limit.say(door.closedUntil - now)
  }

  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  remote.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return remote
}

/** Numbers from 0 to 1 that are the same each time (a linear congruential generator, Numerical Recipes). */
export function steadyRandom(seed = 1): () => number {
  let state = seed
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32
}
