import type { Server } from 'node:http'
import { serve as listen } from '@hono/node-server'
import { Refusal } from '../ground/core/index.ts'
import { cutSlowBodies } from './slow-bodies.ts'

type Fetch = (request: Request) => Response | Promise<Response>

/** Where OpenTelemetry's SDKs send when nobody tells them otherwise (opentelemetry.io/docs/specs/otlp, "OTLP/HTTP Default Port"). */
const DEFAULT_PORT = 4318

/** The port for telemetry: `OTEL_PORT`, `off` for none, else the one that SDKs expect. */
export function telemetryPort(stated = process.env.OTEL_PORT): number | null {
  if (stated === undefined || stated === '') return DEFAULT_PORT
  if (stated === 'off') return null
  const port = Number(stated)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Refusal('serve.telemetry_port', `OTEL_PORT is "${stated}", which is no port.`, { fix: 'Give a number, or "off".' })
}

/**
 * Takes telemetry, and nothing else, on a port of its own. Where something else has the port already, most often a
 * Collector, the main port still takes it.
 * @returns ends it; null where the port is taken
 */
export async function listenForTelemetry(fetch: Fetch, host: string, port: number): Promise<(() => Promise<void>) | null> {
  return new Promise((ready, failed) => {
    const only: Fetch = (request) =>
      new URL(request.url).pathname.startsWith('/v1/') ? fetch(request) : new Response('Telemetry alone is taken here.\n', { status: 404 })
    const server = listen({ fetch: only, hostname: host, port, serverOptions: { headersTimeout: 60_000 } }, () =>
      ready(() => new Promise((done) => server.close(() => done()))),
    )
    cutSlowBodies(server as Server)
    server.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? ready(null) : failed(error)))
  })
}
