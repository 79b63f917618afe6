import type { Server } from 'node:http'
import { join } from 'node:path'
import { aborted } from 'node:util'
import { serve as listen } from '@hono/node-server'
import { pino } from 'pino'
import { Refusal } from '../ground/core/index.ts'
import type { Ground } from '../ground/index.ts'
import type { StoreOptions } from '../ground/store/index.ts'
import { goesOnTelling, tellExample } from './example-live.ts'
import type { AppOptions } from './http/app.ts'
import { firstLoad, type Progress } from './jobs/first-load.ts'
import { jobsEverySeconds, startJobs } from './jobs/index.ts'
import { cutSlowBodies } from './slow-bodies.ts'
import { listenForTelemetry, telemetryPort } from './telemetry-port.ts'

/**
 * A file of some gigabytes is taken while it comes in; Node's own limit of five minutes would cut it off. All others are cut
 * sooner, by `cutSlowBodies`; headers have a minute.
 */
const TIMEOUTS = { requestTimeout: 6 * 3_600_000, headersTimeout: 60_000 }

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1'])

/** What main.ts opens for a server. */
interface Served {
  ground: Ground
  app: { fetch: (request: Request) => Response | Promise<Response> }
  warm(): Promise<void>
  close(): Promise<void>
}
type Open = (options: { store: StoreOptions } & Pick<AppOptions, 'health' | 'webFolder' | 'stopping' | 'onError'>) => Promise<Served>

/** Opens the store, listens, then loads what the first start should show, and keeps the scheduled work going. */
export async function serveHttp(
  open: Open,
  storeOptions: (address: string) => StoreOptions,
  wish: { example?: boolean; empty?: boolean },
): Promise<void> {
  const host = process.env.HOST ?? '127.0.0.1'
  const port = Number(process.env.PORT ?? 4400)
  const address = `http://${LOOPBACK.has(host) ? '127.0.0.1' : host}:${port}`
  const otelPort = telemetryPort()
  const atMostSeconds = jobsEverySeconds()
  const log = pino({ level: process.env.LOG_LEVEL ?? 'warn' }, pino.destination(2))
  let progress: Progress | null = { step: 'opening', done: 0, total: null }
  const opened: { store?: Served } = {}
  const stopping = new AbortController()
  const throughline = await open({
    store: storeOptions(address),
    health: { loading: () => progress, store: () => opened.store!.ground.store.health() },
    webFolder: join(import.meta.dirname, '..', '..', 'dist', 'web'),
    stopping: stopping.signal,
    // A refusal is told whole; its stack would fill the log, and the disk, when every request hears of it.
    onError: (error, request) =>
      error instanceof Refusal
        ? log.warn({ code: error.problem.code, request }, error.message)
        : log.error({ err: error, request }, 'request failed'),
  })
  opened.store = throughline
  const { ground } = throughline
  if (!LOOPBACK.has(host) && !(await ground.identity.guarded())) {
    await throughline.close()
    throw new Refusal('serve.unguarded', `HOST is ${host}, so others could reach this server, and there is no token yet.`, {
      fix: 'Create one first: throughline token create --scope admin',
    })
  }
  const server = await listening(throughline, host, port)
  const endTelemetry = await listeningForTelemetry(throughline, host, otelPort === port ? null : otelPort)
  const stopJobs = await startJobs(ground, log, atMostSeconds, [
    // Nobody waits for it, least of all the end.
    { name: 'warm', everySeconds: 5, run: async (_, signal) => Promise.race([throughline.warm(), aborted(signal, {})]), shared: true },
    // Every other minute, so that there are samples in any five of them.
    { name: 'example', everySeconds: 120, due: goesOnTelling, run: tellExample },
  ])
  await untilStopped(
    async () => {
      const load = firstLoad(ground, wish, (now) => (progress = now)).then(
        (headline) => {
          process.stderr.write(`${headline ? `\n  ${headline}\n` : ''}\n  Throughline is ready: ${address}\n\n`)
        },
        (error: unknown) => {
          const problem = error instanceof Refusal ? `${error.message} ${error.problem.fix ?? ''}` : (error as Error).message
          log.error({ err: error }, 'first load failed')
          process.stderr.write(`\n  The first load did not finish: ${problem}\n  The server runs all the same: ${address}\n\n`)
        },
      )
      await load.finally(() => (progress = null))
    },
    async () => {
      await stopJobs()
      stopping.abort()
      await Promise.all([new Promise((done) => server.close(done)), endTelemetry?.()])
      await throughline.close()
    },
  )
}

async function listening(throughline: Served, host: string, port: number): Promise<ReturnType<typeof listen>> {
  return new Promise((ready, failed) => {
    const options = { fetch: throughline.app.fetch, hostname: host, port, serverOptions: TIMEOUTS }
    const server = listen(options, () => ready(server))
    cutSlowBodies(server as Server)
    server.on('error', (error: NodeJS.ErrnoException) => {
      const busy = error.code === 'EADDRINUSE'
      void throughline.close().finally(() =>
        failed(
          busy
            ? new Refusal('serve.port_in_use', `Port ${port} on ${host} is in use.`, {
                fix: `Stop what uses it, or choose another: PORT=${port + 1} npm start`,
              })
            : error,
        ),
      )
    })
  })
}

async function listeningForTelemetry(throughline: Served, host: string, port: number | null): Promise<(() => Promise<void>) | null> {
  if (port === null) return null
  const end = await listenForTelemetry(throughline.app.fetch, host, port)
  if (!end)
    process.stderr.write(
      `\n  Port ${port} is in use, by a Collector perhaps, so telemetry is taken on the main port alone. OTEL_PORT chooses another.\n`,
    )
  return end
}

/** Runs until SIGINT or SIGTERM, then ends in order; a second signal ends at once. */
async function untilStopped(work: () => Promise<void>, end: () => Promise<void>): Promise<void> {
  const stopped = new Promise<void>((stop) => {
    let asked = false
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(130)
        asked = true
        stop()
      })
    }
  })
  await Promise.race([work().then(() => stopped), stopped])
  await end()
  process.exit(0)
}
