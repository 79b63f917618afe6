import type { Context, Hono } from 'hono'
import { type Caller, type Operation, Refusal, type Scope } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { type DoorEnv, LOCAL } from './caller.ts'
import type { KeptAnswers } from './kept.ts'
import { maxStaleOf } from './max-stale.ts'

/** An operation as doors see it: whatever its types, it runs on the whole ground. */
export type AnyOperation = Omit<Operation, 'run'> & { run: (ask: never, context: never) => Promise<unknown> }

/** Whoever holds a link: nobody we know, who may do nothing but what the link itself allows. */
const GUEST: Caller = { person: 'user:default/guest', scopes: [] }

const DEFAULT_BODY_LIMIT = 1024 * 1024

/** Adds the HTTP route of an operation below `/api`. */
export function addRoute(app: Hono<DoorEnv>, operation: AnyOperation, ground: Ground, kept: KeptAnswers): void {
  const path = `/api${operation.path.replace(/\{(\w+)\+\}/g, ':$1{.+}').replace(/\{(\w+)\}/g, ':$1')}`
  const run: (ask: unknown, context: Ground & { caller: Caller }) => Promise<unknown> = operation.run as never
  const questionOf = (ask: unknown) => `${operation.id} ${JSON.stringify(ask)}`
  if (operation.keepWarm) {
    const usual = operation.input.parse({})
    kept.want(questionOf(usual), () => run(usual, { ...ground, caller: LOCAL }))
  }
  app.on(operation.method.toUpperCase(), path, async (context) => {
    const caller = operation.scope === 'link' ? GUEST : context.get('caller')
    if (operation.scope === 'link') context.header('cache-control', 'no-store')
    else demand(caller, operation.scope)
    const ask = await operation.input.parseAsync(await inputOf(context, operation))
    const act = () => run(ask, { ...ground, caller })
    if (operation.keep) {
      const maxStaleMs = maxStaleOf(context.req.header('cache-control'))
      if (operation.keepWarm && maxStaleMs > 0) kept.want(questionOf(ask), act)
      const { text, ageMs } = await kept.answer(questionOf(ask), act, maxStaleMs)
      if (ageMs > 0) context.header('age', String(Math.ceil(ageMs / 1000)))
      return context.body(text, 200, { 'content-type': 'application/json' })
    }
    const answer = operation.audit ? await ground.store.transaction(() => actAndRecord(operation, ask, caller, ground, act)) : await act()
    return context.json(answer as never)
  })
}

async function actAndRecord(
  operation: AnyOperation,
  ask: unknown,
  caller: Caller,
  ground: Ground,
  act: () => Promise<unknown>,
): Promise<unknown> {
  const answer = await act()
  const named = ask as Record<string, unknown>
  const told = (answer ?? {}) as Record<string, unknown>
  const target = [named.ref, named.id, named.folder, named.path, told.ref, named.name].find(
    (value) => typeof value === 'string' || typeof value === 'number',
  )
  await ground.identity.audit({ person: caller.person, verb: operation.audit!, target: String(target ?? operation.id), detail: {} })
  return answer
}

/** Refuses a caller without the scope; `admin` has all of them, `write` includes `read`. */
export function demand(caller: Caller, scope: Scope): void {
  const has = caller.scopes.includes('admin') || caller.scopes.includes(scope) || (scope === 'read' && caller.scopes.includes('write'))
  if (!has) {
    throw new Refusal('auth.scope', `This needs a token with the scope "${scope}".`, {
      status: 403,
      fix: `Create one with: throughline token create --scope ${scope}`,
    })
  }
}

async function inputOf(context: Context<DoorEnv>, operation: AnyOperation): Promise<Record<string, unknown>> {
  const input: Record<string, unknown> = {}
  const query = new URL(context.req.url).searchParams
  for (const key of new Set(query.keys())) {
    const values = query.getAll(key)
    input[key] = values.length > 1 ? values : values[0]
  }
  if (operation.method !== 'get') Object.assign(input, await bodyOf(context, operation.bodyLimit ?? DEFAULT_BODY_LIMIT))
  Object.assign(input, context.req.param()) // decoded already
  return input
}

async function bodyOf(context: Context<DoorEnv>, limit: number): Promise<Record<string, unknown>> {
  const text = await readText(context.req.raw, limit)
  if (text.trim() === '') return {}
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (error) {
    throw new Refusal('input.not_json', `The body is not JSON: ${(error as Error).message}.`, {
      fix: 'Send one JSON object with content-type application/json.',
    })
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Refusal('input.not_object', 'The body must be one JSON object.')
  return body as Record<string, unknown>
}

/** Reads a body up to a limit, whatever its length header claims. */
export async function readText(request: Request, limit: number): Promise<string> {
  const tooLarge = () =>
    new Refusal('input.too_large', `The body is larger than ${Math.round(limit / 1024)} kB.`, {
      status: 413,
      fix: 'Send it in smaller pieces.',
    })
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge()
  if (!request.body) return ''
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of request.body) {
    size += piece.length
    if (size > limit) throw tooLarge()
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
