import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { Refusal } from '../../ground/core/index.ts'

/** Headers every answer carries: no framing, no sniffing, scripts and styles from here alone. */
export const headers: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
  crossOriginResourcePolicy: 'same-origin',
})

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/**
 * Refuses requests another site could have a browser make: a Host that is not ours (DNS rebinding)
 * and, for anything that changes something, an Origin that is not ours.
 * @param allowed host names this server answers to besides loopback; `*` when a proxy in front checks
 */
export function checkOrigin(allowed: readonly string[]): MiddlewareHandler {
  const known = (host: string) => LOOPBACK.has(host) || allowed.includes('*') || allowed.includes(host)
  return async (context, next) => {
    const host = hostName(context.req.header('host') ?? new URL(context.req.url).host)
    if (!known(host)) {
      throw new Refusal('http.host', `This server does not answer for the host "${host.slice(0, 100)}".`, {
        status: 421,
        fix: 'Name it in ALLOWED_HOSTS (comma separated) and start again.',
      })
    }
    const origin = context.req.header('origin')
    const safe = context.req.method === 'GET' || context.req.method === 'HEAD'
    if (!safe && origin && origin !== 'null' && hostName(originHost(origin)) !== host) {
      throw new Refusal('http.origin', 'The request comes from another site.', { status: 403, fix: 'Open the app under its own address.' })
    }
    if (!safe && (origin === 'null' || context.req.header('sec-fetch-site') === 'cross-site')) {
      throw new Refusal('http.origin', 'The request comes from another site.', { status: 403 })
    }
    await next()
  }
}

function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}

function originHost(origin: string): string {
  try {
    return new URL(origin).host
  } catch {
    return ''
  }
}
