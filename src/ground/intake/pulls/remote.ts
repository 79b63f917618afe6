import type { Socket } from 'node:net'
import { addAbortSignal } from 'node:stream'
import { setTimeout as after } from 'node:timers/promises'
import { Refusal } from '../../core/index.ts'
import type { Outgoing, OutgoingAnswer, OutgoingRequest } from '../outgoing/index.ts'
import { LimitReached, waitOf } from './limits.ts'
import { backoffSeconds, type Pace } from './pace.ts'
import { unexpectedStatus } from './statuses.ts'

/** An answer that was read as JSON. */
export interface RemoteAnswer {
  status: number
  /** Where it came from after redirects. */
  url: string
  headers: Readonly<Record<string, string>>
  /** Hostile until parsed. */
  body: unknown
  /** The address a `Link` header gives for a relation (RFC 8288); null when there is none. */
  link(rel: string): string | null
}

/** The other side, as a page asks it. */
export interface Remote {
  /**
   * @param target a path below the base, or an address of the same origin
   * @param allow statuses that are answers here; any other than 2xx is a refusal that says what to do
   */
  get(target: string, how?: { allow?: readonly number[]; headers?: Record<string, string> }): Promise<RemoteAnswer>
  /** Asks with a body, for systems that are asked that way (GraphQL, searches). */
  post(target: string, body: unknown, how?: { allow?: readonly number[] }): Promise<RemoteAnswer>
  /** A socket for what does not speak HTTP: it connects only where requests may go, and is cut when the pull is stopped. */
  socket(): Socket
}

/** Limits waited out for one request before its page is put off. */
const MOST_LIMITED = 5
const AGAIN = new Set(['outgoing.unreachable', 'outgoing.broken', 'outgoing.timeout', 'pull.not_json', 'pull.server_error'])

/** Whether the same request may do better later. */
export function mayPass(error: unknown): error is Refusal {
  return error instanceof Refusal && AGAIN.has(error.problem.code)
}

/** A remote over HTTP: one request after the other, each repeated a few times, none before the other side welcomes it. */
export function remoteOf(on: {
  outgoing: Outgoing
  /** What the system is called. */
  title: string
  base: string
  headers: Readonly<Record<string, string>>
  pace: Pace
  signal: AbortSignal
  /** Called before each request. */
  before?: () => Promise<void>
}): Remote {
  const base = on.base.replace(/\/+$/, '')
  const { pace, signal } = on
  const origin = URL.parse(base)?.origin
  let welcomeAt = 0

  /** Waits out what is left of a limit, the one this very answer states included. */
  async function once(request: OutgoingRequest): Promise<OutgoingAnswer> {
    for (let limited = 0; ; limited += 1) {
      await on.before?.()
      await wait((welcomeAt - performance.now()) / 1000)
      const answer = await on.outgoing.send({ ...request, signal })
      const limit = waitOf(answer, Date.now())
      if (limit === undefined) return answer
      if (limit === null || limited === MOST_LIMITED) throw limitReached(limit)
      welcomeAt = performance.now() + limit * 1000
      if (answer.status < 400) return answer
      await wait(Math.max(limit, backoffSeconds(limited + 1, pace.firstRetrySeconds, pace)))
    }
  }

  /** Waits a moment here; a longer wait is left to whoever comes back for the page. */
  async function wait(seconds: number): Promise<void> {
    if (seconds <= 0) return
    if (seconds > pace.patienceSeconds) throw limitReached(Math.ceil(seconds))
    await after(seconds * 1000, undefined, { signal })
  }

  function limitReached(seconds: number | null): LimitReached {
    return new LimitReached(seconds, `${on.title} asks us to wait: its limit for requests is reached.`)
  }

  async function ask(request: Omit<OutgoingRequest, 'url'>, target: string, allow: readonly number[] = []): Promise<RemoteAnswer> {
    const url = target.startsWith('/') ? base + target : target
    if (URL.parse(url)?.origin !== origin)
      throw new Refusal('pull.other_origin', `${on.title} points to another server than ${origin}.`, {
        fix: 'Give the base address under which all of it is reached.',
      })
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await once({ ...request, url, headers: { accept: 'application/json', ...on.headers, ...request.headers } })
        if (answer.status >= 500)
          throw new Refusal('pull.server_error', `${on.title} answers ${answer.status} at ${new URL(answer.url).pathname}.`, {
            status: 502,
          })
        const isFine = (answer.status >= 200 && answer.status < 300) || allow.includes(answer.status)
        if (!isFine) throw unexpectedStatus(on.title, answer)
        return read(answer, on.title)
      } catch (error) {
        if (!mayPass(error) || attempt === pace.tries) throw error
        await after(backoffSeconds(attempt, pace.firstRetrySeconds, pace) * 1000, undefined, { signal })
      }
    }
  }

  return {
    get: (target, { allow, headers = {} } = {}) => ask({ headers }, target, allow),
    post: (target, body, { allow } = {}) =>
      ask({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }, target, allow),
    socket: () => addAbortSignal(signal, on.outgoing.socket()),
  }
}

function read({ status, url, headers, body }: OutgoingAnswer, title: string): RemoteAnswer {
  let json: unknown = null
  if (body.length > 0)
    try {
      json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    } catch {
      if (status < 300)
        throw new Refusal('pull.not_json', `${title} answered at ${new URL(url).pathname} with something that is not JSON.`, {
          status: 502,
          fix: 'Check the base address: it may lead to a page for people, or a proxy may answer instead.',
        })
    }
  return {
    status,
    url,
    headers,
    body: json,
    link(rel) {
      return linksOf(headers.link ?? '', url).get(rel)?.href ?? null
    },
  }
}

function linksOf(header: string, base: string): Map<string, URL> {
  const links = new Map<string, URL>()
  for (const [, target, parameters] of header.matchAll(/<([^<>]*)>((?:\s*;\s*[^;,<"]+(?:"[^"]*")?)*)/g)) {
    const rel = /;\s*rel="?([\w-]+)"?/i.exec(parameters!)?.[1]
    const url = URL.parse(target!, base)
    if (rel && url) links.set(rel, url)
  }
  return links
}
