import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import * as z from 'zod'
import { Refusal } from '../../ground/core/index.ts'
import type { Identity } from '../../ground/identity/index.ts'
import { type DoorEnv, LOCAL, SESSION_COOKIE } from './caller.ts'
import { commandLine } from './command-line.ts'
import { readText } from './route.ts'

const SignIn = z.strictObject({ token: z.string().min(1).max(400) })

/** Sign-in for browsers: a token is exchanged for a cookie that scripts cannot read. */
export function sessionRoutes(identity: Identity): Hono<DoorEnv> {
  const command = commandLine()
  return new Hono<DoorEnv>()
    .get('/', async (context) => {
      const cookie = getCookie(context, SESSION_COOKIE)
      const caller = cookie ? await identity.callerOfSession(cookie) : null
      const guarded = await identity.guarded()
      const present = caller ?? (guarded ? null : LOCAL)
      return context.json({ guarded, person: present?.person ?? null, scopes: present?.scopes ?? [], ...(present && { command }) })
    })
    .post('/', async (context) => {
      const { token } = SignIn.parse(JSON.parse(await readText(context.req.raw, 4096)))
      const opened = await identity.openSession(token)
      if (!opened)
        throw new Refusal('auth.unknown_token', 'That token is not known here, or has ended.', {
          status: 401,
          fix: 'Create one with: throughline token create',
        })
      const secure = new URL(context.req.url).protocol === 'https:' || context.req.header('x-forwarded-proto') === 'https'
      setCookie(context, SESSION_COOKIE, opened.session, {
        httpOnly: true,
        sameSite: 'Strict',
        path: '/',
        secure,
        expires: new Date(opened.expiresAt),
      })
      return context.json({ guarded: true, person: opened.caller.person, scopes: opened.caller.scopes })
    })
    .delete('/', async (context) => {
      const cookie = getCookie(context, SESSION_COOKIE)
      if (cookie) await identity.closeSession(cookie)
      deleteCookie(context, SESSION_COOKIE, { path: '/' })
      return context.json({ guarded: await identity.guarded(), person: null, scopes: [] })
    })
}
