/**
 * What telemetry says, whichever encoding it came in: the nouns of OpenTelemetry (opentelemetry.io/docs/specs/otel), cut
 * down to what is counted. Sources read it, houses count it; none of it is kept as it came.
 */

/** Attributes that are read, by their name; all others are passed over unread. */
export type Attributes = ReadonlyMap<string, string>

/** Who sent it (semantic conventions, "Service"). */
export interface TelemetryResource {
  /** `service.name`; null where it is missing. */
  service: string | null
  /** `service.namespace`; null where it is missing. */
  namespace: string | null
  /** What tells one process of a service from another: all other attributes of the resource; never shown. */
  instance: string
}

/** A resource from its attributes. */
export function telemetryResource(attributes: Attributes): TelemetryResource {
  const rest = [...attributes].filter(([name]) => name !== 'service.name' && name !== 'service.namespace')
  return {
    service: attributes.get('service.name') || null,
    namespace: attributes.get('service.namespace') || null,
    instance: JSON.stringify(rest.sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** Numbers of the protocol, as they are sent (opentelemetry-proto, Span.SpanKind). */
export const SPAN_KINDS = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const
export type SpanKind = (typeof SPAN_KINDS)[number]

export interface Span {
  resource: TelemetryResource
  name: string
  kind: SpanKind
  /** Hexadecimal, lower case; null where it is missing or not 16 bytes. */
  traceId: string | null
  /** Hexadecimal, lower case; null where it is missing or not 8 bytes. */
  spanId: string | null
  parentId: string | null
  /** Ids of the spans it follows from (a message that was sent earlier). */
  links: readonly string[]
  /** Milliseconds since 1970, with fractions; 0 where nothing was sent. */
  start: number
  end: number
  /** Status is ERROR. */
  isError: boolean
  attributes: Attributes
}

export interface LogRecord {
  resource: TelemetryResource
  /** Milliseconds since 1970: when it happened, else when it was seen; 0 where neither was sent. */
  at: number
  /** 1 to 24 (opentelemetry-proto, SeverityNumber); 0 where it is not stated. */
  severity: number
  /** The message; null where the body is not text. */
  text: string | null
  /** Has fields of its own beside the text. */
  isStructured: boolean
  traceId: string | null
  /** Texts among its fields: where they come up in the message they are values of it. */
  values: readonly string[]
  attributes: Attributes
}

/** Counts of values by size. */
export interface Buckets {
  /** Upper ends, inclusive, ascending; one fewer than counts. */
  bounds: readonly number[]
  counts: readonly number[]
  /** Set where they are exponential: 2^scale of them to a doubling (OpenTelemetry data model, "Exponential Scale"). */
  scale?: number
}

/** A point of one metric at one set of attributes (opentelemetry-proto, metrics.proto). */
export interface MetricPoint {
  resource: TelemetryResource
  /** Name of the instrumentation scope that measured it: two of them may have a metric of one name. */
  scope: string
  metric: string
  /** All attributes of the point: they tell one series from another. */
  attributes: Attributes
  start: number
  at: number
  /** Since when it counts: the point before (delta) or `start` (cumulative). Null where it counts nothing, or does not say. */
  temporality: 'delta' | 'cumulative' | null
  /** Sum or gauge: the value. Histogram or summary: how many values. */
  value: number
  /** An `up_down` is a sum that also goes down (not monotonic): like a gauge it tells a state. */
  kind: 'gauge' | 'up_down' | 'sum' | 'histogram' | 'summary'
  /** Of a histogram that has any. */
  buckets?: Buckets
}

/** What of the attributes is read: names of places and protocols, never what people do or are. */
export const READ_ATTRIBUTES: ReadonlySet<string> = new Set([
  'http.request.method',
  'http.method',
  'http.route',
  'rpc.system',
  'rpc.service',
  'rpc.method',
  'db.system',
  'db.system.name',
  'messaging.system',
  'messaging.destination.name',
  'messaging.destination',
  'peer.service',
  'service.peer.name',
  'server.address',
  'net.peer.name',
  'exception.type',
])
