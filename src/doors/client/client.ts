import type * as z from 'zod'
import type { Operation } from '../../ground/core/index.ts'
import type { Operations } from '../http/api.ts'
import { ROUTES } from './routes.gen.ts'

type Every = Operations[number]
export type OperationId = Every['id']
type ById<Id extends string> = Extract<Every, { id: Id }>

/** What an operation takes, as a caller writes it. */
export type InputOf<Id extends string> = ById<Id> extends Operation<infer I, infer _O, infer _C> ? z.input<I> : never
/** What it answers. */
export type OutputOf<Id extends string> = ById<Id> extends Operation<infer _I, infer O, infer _C> ? z.output<O> : never

/** A refusal as the server told it: RFC 9457 with our code and what to do. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly fix: string | undefined
  readonly problems: { message: string; path?: string; code: string; fix?: string }[]
  constructor(status: number, told: unknown) {
    const body = (typeof told === 'object' && told !== null ? told : {}) as {
      code?: string
      detail?: string
      fix?: string
      problems?: ApiProblem['problems']
    }
    super(body.detail ?? `The server answered ${status}.`)
    this.name = 'ApiProblem'
    this.status = status
    this.code = body.code ?? 'http.unreadable'
    this.fix = body.fix
    this.problems = body.problems ?? []
  }
}

export interface Client {
  call<Id extends OperationId>(id: Id, input: InputOf<Id>): Promise<OutputOf<Id>>
  /** The same, content with an answer that is so many seconds older than the present; how old it is, 0 where all there is was counted. */
  callWithin<Id extends OperationId>(
    id: Id,
    input: InputOf<Id>,
    maxStaleSeconds: number,
  ): Promise<{ answer: OutputOf<Id>; ageSeconds: number }>
  /** The same with words as a person typed them: the server reads and refuses them. */
  ask<Id extends OperationId>(id: Id, words: Record<string, unknown>): Promise<OutputOf<Id>>
  /** For the few addresses that are not operations: the stream of evidence, health. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

/**
 * The typed client of the HTTP API, for browsers and the command line alike.
 * @param fetcher how a request is sent: over the network, or to the app in the same process
 */
export function createClient(fetcher: (path: string, init?: RequestInit) => Promise<Response>): Client {
  const send = async (path: string, init?: RequestInit): Promise<Response> => {
    const response = await fetcher(path, init)
    if (!response.ok) throw new ApiProblem(response.status, await response.json().catch(() => null))
    return response
  }
  const ask: Client['ask'] = async (id, words) => {
    const { path, init } = requestOf(id, words)
    return (await send(path, init)).json() as Promise<never>
  }
  const callWithin: Client['callWithin'] = async (id, input, maxStaleSeconds) => {
    const { path, init } = requestOf(id, { ...(input as object) })
    const headers = new Headers(init.headers)
    headers.set('cache-control', `max-stale=${maxStaleSeconds}`)
    const response = await send(path, { ...init, headers })
    return { answer: (await response.json()) as never, ageSeconds: Number(response.headers.get('age') ?? 0) }
  }
  return { fetch: send, ask, call: (id, input) => ask(id, { ...(input as object) }), callWithin }
}

/** Puts input where its route wants it: path, query, or body. */
export function requestOf(id: string, input: Record<string, unknown>): { path: string; init: RequestInit } {
  const route = ROUTES[id as keyof typeof ROUTES] as readonly [string, string] | undefined
  if (!route) throw new Error(`no route for the operation ${id}`)
  const [method, template] = route
  const rest = { ...input }
  const path = template.replace(/\{(\w+)(\+?)\}/g, (_, name: string, greedy: string) => {
    const text = String(rest[name])
    delete rest[name]
    return greedy ? text.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(text)
  })
  if (method !== 'get')
    return {
      path: `/api${path}`,
      init: { method: method.toUpperCase(), headers: { 'content-type': 'application/json' }, body: JSON.stringify(rest) },
    }
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(rest)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined && one !== null) query.append(key, String(one))
  }
  return { path: `/api${path}${query.size ? `?${query}` : ''}`, init: { method: 'GET' } }
}
