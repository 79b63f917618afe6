import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { Refusal } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { type DoorEnv, knowCaller } from './caller.ts'
import { backupRoute } from './backup.ts'
import { LiveEvents } from './events.ts'
import { evidenceRoute } from './evidence.ts'
import { changesFeed, decisionsFeed } from './feeds.ts'
import { type Health, healthRoutes } from './health.ts'
import { type HookLimits, hookPermission, hookRoute } from './hooks.ts'
import { KeptAnswers } from './kept.ts'
import { openApi } from './openapi.ts'
import { details, hintsOf, problemOf, problemResponse } from './problem.ts'
import { addRoute, type AnyOperation } from './route.ts'
import { checkOrigin, headers } from './security.ts'
import { serveWeb } from './static.ts'
import { sessionRoutes } from './session.ts'
import { tableRoute } from './tables.ts'
import { telemetryRoutes } from './telemetry.ts'

export interface AppOptions {
  ground: Ground
  operations: readonly AnyOperation[]
  /** Answers that are repeated; the app's own where left out. */
  kept?: KeptAnswers
  /** Lets the command line of whoever owns the data folder in, also when tokens exist. */
  localKey: string
  version: string
  allowedHosts?: readonly string[]
  health: Health
  /** Built web app; left out in process. */
  webFolder?: string
  /** How much connected systems may push at once. */
  hookLimits?: HookLimits
  /** Posts of evidence read at once. */
  evidenceAtOnce?: number
  /** Ends what would otherwise stay open for good: live pages. */
  stopping?: AbortSignal
  /** Told of bugs, and of refusals that are not the caller's doing (from 500 on). */
  onError?: (error: unknown, request: { id: string; method: string; path: string }) => void
}

/** The HTTP door: every operation, the stream of evidence, health, sign-in and the web app. */
export function createApp(options: AppOptions): Hono<DoorEnv> {
  const { ground, operations, kept = new KeptAnswers(ground.store, ground.clock) } = options
  const app = new Hono<DoorEnv>()
  app.onError((error, context) => {
    const problem = problemOf(error)
    if (problem.status >= 500 && !hasHungUp(error))
      options.onError?.(error, { id: context.get('requestId'), method: context.req.method, path: context.req.path })
    return problemResponse(problem, hintsOf(problem.status))
  })
  app.use(headers, checkOrigin(options.allowedHosts ?? []))
  app.use(async (context, next) => {
    context.set('requestId', randomUUID())
    context.header('x-request-id', context.get('requestId'))
    await next()
    // What somebody shares by link is for whom it was sent to, not for a search engine.
    context.res.headers.set('x-robots-tag', 'noindex, nofollow')
  })
  app.use('/api/*', compress())
  healthRoutes(app, options.health)
  app.on('POST', ['/hooks/:id/:key', '/hooks/:id/:key/:path{.*}'], hookRoute(ground, options.hookLimits))
  app.options('/hooks/:id/:key', hookPermission(ground))
  telemetryRoutes(app, options)
  app.get('/openapi.json', (context) => context.json(openApi(operations, options.version)))
  app.route('/api/session', sessionRoutes(ground.identity))
  for (const operation of operations.filter(({ scope }) => scope === 'link')) addRoute(app, operation, ground, kept)
  app.use('/api/*', knowCaller(ground.identity, options.localKey))
  app.post('/api/evidence', evidenceRoute(ground, options.evidenceAtOnce))
  app.post('/api/tables', tableRoute(ground))
  app.get('/api/backup', backupRoute(ground))
  app.get('/api/feeds/changes.atom', changesFeed(ground, kept))
  app.get('/api/events', new LiveEvents(ground.store, options.stopping).handle())
  app.get('/api/feeds/decisions.atom', decisionsFeed(ground, kept))
  for (const operation of operations.filter(({ scope }) => scope !== 'link')) addRoute(app, operation, ground, kept)
  app.all('/api/*', (context) => {
    throw new Refusal('http.no_route', `There is nothing at ${context.req.method} ${context.req.path}.`, {
      status: 404,
      fix: 'See /openapi.json.',
    })
  })
  if (options.webFolder) serveWeb(app, options.webFolder)
  app.notFound((context) => problemResponse(details(404, 'http.no_route', `There is nothing at ${context.req.path}.`)))
  return app
}

/** Whether the sender left, or was sent away, in the middle of its body (Node's own words): no fault of ours. */
function hasHungUp(error: Error): boolean {
  return error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET'
}
