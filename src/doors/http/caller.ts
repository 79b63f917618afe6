import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { type Caller, Refusal } from '../../ground/core/index.ts'
import type { Identity } from '../../ground/identity/index.ts'

export interface DoorEnv {
  Variables: { caller: Caller; requestId: string }
}

/** Whoever sits at the machine, while no token exists or with the key from the data folder. */
export const LOCAL: Caller = { person: 'user:default/local', scopes: ['admin'] }
export const SESSION_COOKIE = 'throughline'

/**
 * Says who calls: a bearer token, a session cookie, or, while no token exists, the person at this machine.
 * @param localKey secret the command line on the same machine derives from the data folder
 */
export function knowCaller(identity: Identity, localKey: string): MiddlewareHandler<DoorEnv> {
  return async (context, next) => {
    const caller = await callerOf(context, identity, localKey)
    if (!caller) {
      throw new Refusal('auth.required', 'This server wants to know who you are.', {
        status: 401,
        fix: 'Send "Authorization: Bearer <token>", or sign in in the web app. Tokens come from: throughline token create',
      })
    }
    context.set('caller', caller)
    await next()
  }
}

async function callerOf(context: Context<DoorEnv>, identity: Identity, localKey: string): Promise<Caller | null> {
  const bearer = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
  if (bearer) return bearer === localKey ? LOCAL : identity.callerOf(bearer)
  const session = getCookie(context, SESSION_COOKIE)
  if (session) {
    const caller = await identity.callerOfSession(session)
    if (caller) return caller
  }
  return (await identity.guarded()) ? null : LOCAL
}
