import { lookup } from 'node:dns'
import * as http from 'node:http'
import * as https from 'node:https'
import { isIP, type LookupFunction, Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { ownEntry, Refusal } from '../../core/index.ts'
import { type Allowed, isPublic } from './addresses.ts'

const MOST_REDIRECTS = 5
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const UNPACK: Record<string, () => NodeJS.ReadWriteStream> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** One request to another system. */
export interface OutgoingRequest {
  method?: 'GET' | 'POST'
  url: string
  /** Names in small letters. Sent to the origin of `url` alone, never to where it redirects. */
  headers?: Readonly<Record<string, string>>
  body?: string
  signal?: AbortSignal
}

export interface OutgoingAnswer {
  status: number
  /** Where it came from after redirects. */
  url: string
  /** Names in small letters; what came several times is joined with commas. */
  headers: Readonly<Record<string, string>>
  body: Buffer
}

export interface OutgoingOptions {
  /** Addresses that may be reached although they are not public. */
  allowed: Allowed
  userAgent: string
  /** For all of a request, redirects included. Default 30 s. */
  timeoutMs?: number
  /** Bytes of an answer, unpacked. Default 32 MB. */
  largest?: number
  /** Finds the addresses of a name; the system's own way unless said. */
  resolve?: (name: string) => Promise<string[]>
}

/**
 * Requests to other systems, whose addresses people or those systems choose. An address is judged when a connection is
 * made, on what the name resolved to for that very connection, so that a name cannot change between look and leap.
 *
 * Refuses with `outgoing.bad_address`, `outgoing.private_address`, `outgoing.redirect`, `outgoing.too_large`; and, worth
 * another try, with `outgoing.unreachable`, `outgoing.broken`, `outgoing.timeout`. Messages name origin and path alone.
 */
export class Outgoing {
  readonly #options: Required<Omit<OutgoingOptions, 'resolve'>>
  readonly #lookup: LookupFunction
  readonly #agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) }

  constructor({ resolve = resolved, timeoutMs = 30_000, largest = 32 * 1024 * 1024, ...options }: OutgoingOptions) {
    this.#options = { timeoutMs, largest, ...options }
    this.#lookup = (name, { all }, answer) => {
      resolve(name).then(
        (found) => {
          const hidden = found.find((address) => !this.#isReachable(address))
          if (hidden !== undefined || found.length === 0) return answer(hidden ? hiddenAddress(name, hidden) : noAddress(name), '')
          const addresses = found.map((address) => ({ address, family: isIP(address) }))
          return all ? answer(null, addresses) : answer(null, addresses[0]!.address, addresses[0]!.family)
        },
        (error: NodeJS.ErrnoException) => answer(error, ''),
      )
    }
  }

  async send(request: OutgoingRequest): Promise<OutgoingAnswer> {
    const timeout = AbortSignal.timeout(this.#options.timeoutMs)
    const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout
    const first = addressOf(request.url)
    let url = first
    for (let redirects = 0; ; redirects += 1) {
      const answer = await this.#once(url, request, url.origin === first.origin, signal).catch((error: unknown) => {
        request.signal?.throwIfAborted()
        throw timeout.aborted ? slow(url, this.#options.timeoutMs) : failure(url, error)
      })
      const { location } = answer.headers
      if (!REDIRECTS.has(answer.status) || location === undefined) return { ...answer, url: url.href }
      if (request.method === 'POST' || redirects === MOST_REDIRECTS)
        throw noRedirect(url, `redirects ${redirects ? 'again and again' : 'what is posted'}`)
      const next = addressOf(location, url)
      if (next.protocol !== url.protocol) throw noRedirect(url, `redirects to ${next.protocol}//`)
      url = next
    }
  }

  /** A socket for what does not speak HTTP. Its `connect` reaches no other addresses than requests do. */
  socket(): Socket {
    const socket = new Socket()
    const connect = socket.connect.bind(socket)
    return Object.assign(socket, {
      connect: (port: unknown, host: unknown) => {
        if (typeof port !== 'number' || typeof host !== 'string') return socket.destroy(noSocketAddress())
        if (isIP(host) && !this.#isReachable(host)) return socket.destroy(hiddenAddress(host, host))
        return connect({ port, host, lookup: this.#lookup })
      },
    })
  }

  /** Gives idle connections back. */
  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy()
  }

  async #once(url: URL, request: OutgoingRequest, isOwnOrigin: boolean, signal: AbortSignal): Promise<Omit<OutgoingAnswer, 'url'>> {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) && !this.#isReachable(host)) throw hiddenAddress(host, host)
    const isSecure = url.protocol === 'https:'
    const sent = (isSecure ? https : http).request(url, {
      method: request.method ?? 'GET',
      agent: this.#agents[isSecure ? 'https:' : 'http:'],
      lookup: this.#lookup,
      headers: {
        'user-agent': this.#options.userAgent,
        'accept-encoding': 'gzip, deflate, br',
        ...(isOwnOrigin ? request.headers : {}),
      },
      maxHeaderSize: 64 * 1024,
      signal,
    })
    const answered = new Promise<http.IncomingMessage>((answer, failed) => sent.once('response', answer).once('error', failed))
    sent.end(request.body)
    const response = await answered
    return { status: response.statusCode ?? 0, headers: headersOf(response), body: await this.#bodyOf(response, url, signal) }
  }

  async #bodyOf(response: http.IncomingMessage, url: URL, signal: AbortSignal): Promise<Buffer> {
    const pieces: Buffer[] = []
    let size = 0
    const { largest } = this.#options
    const collect = async (source: AsyncIterable<Buffer>) => {
      for await (const piece of source) {
        size += piece.length
        if (size > largest) throw tooLarge(url, largest)
        pieces.push(piece)
      }
    }
    const unpack = ownEntry(UNPACK, response.headers['content-encoding']?.toLowerCase() ?? '')
    await (unpack ? pipeline(response, unpack(), collect, { signal }) : pipeline(response, collect, { signal }))
    return Buffer.concat(pieces)
  }

  #isReachable(address: string): boolean {
    return isPublic(address) || this.#options.allowed(address)
  }
}

function resolved(name: string): Promise<string[]> {
  return new Promise((found, failed) =>
    lookup(name, { all: true }, (error, addresses) => (error ? failed(error) : found(addresses.map(({ address }) => address)))),
  )
}

function headersOf({ headers }: http.IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
}

function addressOf(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new Refusal('outgoing.bad_address', `"${url ? placeOf(url) : text.slice(0, 100)}" is not an address that can be asked.`, {
      fix: 'Write it as https://host/path, without a user name in it.',
    })
  return url
}

/** Without user, query and fragment, where secrets may stand. */
function placeOf({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`.slice(0, 300)
}

function hiddenAddress(name: string, address: string): Refusal {
  return new Refusal('outgoing.private_address', `${name === address ? name : `${name} (${address})`} is not on the open internet.`, {
    fix: 'If it is meant to be asked, name it in ALLOW_PRIVATE_ADDRESSES, for example ALLOW_PRIVATE_ADDRESSES=10.0.0.0/8, and start again.',
  })
}

function noSocketAddress(): Refusal {
  return new Refusal('outgoing.bad_address', 'Only a host and its port can be asked, no socket of this machine.', {
    fix: 'Write the host and port of the server.',
  })
}

function noAddress(name: string): Error {
  return Object.assign(new Error(`${name} has no address`), { code: 'ENOTFOUND' })
}

function noRedirect(url: URL, what: string): Refusal {
  return new Refusal('outgoing.redirect', `${placeOf(url)} ${what}; that is not followed.`, {
    fix: 'Give the address it has now.',
  })
}

function tooLarge(url: URL, largest: number): Refusal {
  return new Refusal('outgoing.too_large', `The answer of ${placeOf(url)} has more than ${Math.floor(largest / 1024 / 1024)} MB.`, {
    fix: 'Ask for less at once.',
  })
}

function slow(url: URL, ms: number): Refusal {
  return new Refusal('outgoing.timeout', `${placeOf(url)} did not answer within ${ms / 1000} seconds.`, { status: 504 })
}

function failure(url: URL, error: unknown): unknown {
  if (error instanceof Refusal) return error
  const { code = '' } = error as NodeJS.ErrnoException
  if (/^(?:Z_|ERR_STREAM_PREMATURE|HPE_|ERR__ERROR_)/.test(code))
    return new Refusal('outgoing.broken', `The answer of ${placeOf(url)} broke off or is damaged (${code}).`, { status: 502 })
  return new Refusal('outgoing.unreachable', `${url.host} cannot be reached (${code || (error as Error).name}).`, {
    status: 502,
    fix: 'Check the address, and that this machine may reach it.',
  })
}
