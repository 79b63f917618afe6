import type { LogRecord, MetricPoint, Span, TelemetryResource } from '../src/ground/intake/index.ts'
import { HOUR } from './generator/calendar.ts'
import { type Random, randomOf } from './generator/random.ts'

/** A call a service answers, and the calls it makes for it. */
interface Call {
  service: string
  operation: string
  /** Median, in milliseconds, without the calls it makes. */
  ms: number
  /** Share that fails by itself. */
  fails?: number
  calls?: readonly Call[]
  database?: string
}

const identity: Call = { service: 'identity', operation: 'POST /sessions/check', ms: 4, database: 'redis' }
/** Who calls whom for one request. That checkout asks payments is seen and nowhere declared. */
const FLOWS: readonly { call: Call; often: number }[] = [
  {
    often: 6,
    call: {
      service: 'customer-portal',
      operation: 'POST /parcels',
      ms: 14,
      calls: [
        identity,
        {
          service: 'checkout',
          operation: 'POST /bookings',
          ms: 35,
          fails: 0.012,
          database: 'postgresql',
          calls: [
            { service: 'pricing', operation: 'GET /prices/{route}', ms: 22 },
            { service: 'payments', operation: 'POST /payments', ms: 130, fails: 0.004, database: 'postgresql' },
          ],
        },
      ],
    },
  },
  {
    often: 10,
    call: {
      service: 'tracking-web',
      operation: 'GET /parcels/{id}',
      ms: 9,
      calls: [
        { service: 'tracking-api', operation: 'GET /parcels/{id}/events', ms: 18, fails: 0.01, calls: [identity], database: 'postgresql' },
      ],
    },
  },
]
/** Requests of every ten that often in an hour. */
const REQUESTS = 87
/** The longest it takes until all spans of a request are sent. */
const SENT_WITHIN = 60_000
/** Services that send metrics; invoicing sends nothing else. */
const METERED = ['checkout', 'payments', 'tracking-api', 'identity', 'invoicing']
const LOGGED = ['checkout', 'payments', 'tracking-api']

/** What the services of the example company sent over OTLP in a while: a few calls, what went wrong in logs, a metric. */
export function exampleTelemetry({ seed, from, to }: { seed: number; from: number; to: number }): {
  spans: Span[]
  logs: LogRecord[]
  points: MetricPoint[]
} {
  const random = randomOf(seed, `telemetry/${to}`)
  const spans: Span[] = []
  const logs: LogRecord[] = []
  for (const { call, often } of FLOWS) {
    const requests = (REQUESTS * often * (to - from)) / (10 * HOUR)
    for (let n = random.next(); n < requests; n += 1)
      answered(call, { traceId: random.hex(32), parentId: null, at: random.between(from, to) - SENT_WITHIN }, random, { spans, logs })
  }
  const points = METERED.map((service): MetricPoint => ({
    resource: resourceOf(service),
    scope: '',
    metric: 'process.uptime',
    attributes: new Map(),
    start: to - HOUR,
    at: to - SENT_WITHIN,
    temporality: 'cumulative',
    value: 3_540,
    kind: 'sum',
  }))
  return { spans, logs, points }
}

interface Where {
  traceId: string
  parentId: string | null
  at: number
}

/** @returns when it was answered, and whether that failed */
function answered(
  { service, operation, ms, fails = 0, calls = [], database }: Call,
  { traceId, parentId, at }: Where,
  random: Random,
  into: { spans: Span[]; logs: LogRecord[] },
): { end: number; isError: boolean } {
  const resource = resourceOf(service)
  const spanId = random.hex(16)
  let end = at + random.logNormal(ms, 0.5)
  let isError = random.chance(fails)
  const out = (name: string, attributes: Record<string, string>, work: (id: string) => { end: number; isError: boolean }) => {
    const id = random.hex(16)
    const start = end
    const done = work(id)
    end = done.end
    isError ||= done.isError
    into.spans.push(spanOf({ resource, name, kind: 'client', traceId, spanId: id, parentId: spanId, start, ...done, attributes }))
  }
  if (database) out('query', { 'db.system.name': database }, () => ({ end: end + random.logNormal(3, 0.6), isError: false }))
  for (const call of calls)
    out(call.operation, { 'server.address': `${call.service}.internal` }, (id) =>
      answered(call, { traceId, parentId: id, at: end }, random, into),
    )
  const attributes = { 'http.request.method': operation.split(' ')[0]!, 'http.route': operation.split(' ')[1]! }
  into.spans.push(spanOf({ resource, name: operation, kind: 'server', traceId, spanId, parentId, start: at, end, isError, attributes }))
  if (isError && LOGGED.includes(service)) into.logs.push(complaint(resource, traceId, end, operation, random))
  return { end, isError }
}

function spanOf({ attributes, ...span }: Omit<Span, 'attributes' | 'links'> & { attributes: Record<string, string> }): Span {
  return { ...span, links: [], attributes: new Map(Object.entries(attributes)) }
}

function complaint(resource: TelemetryResource, traceId: string, at: number, operation: string, random: Random): LogRecord {
  const text = `${operation} failed for parcel ${random.below(900_000) + 100_000} after ${1 + random.below(4)} tries`
  return { resource, at, severity: 17, text, isStructured: resource.service !== 'tracking-api', traceId, values: [], attributes: new Map() }
}

const resources = new Map<string, TelemetryResource>()

function resourceOf(service: string): TelemetryResource {
  let resource = resources.get(service)
  if (!resource) resources.set(service, (resource = { service, namespace: 'example', instance: service }))
  return resource
}
