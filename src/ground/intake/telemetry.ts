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
  /** What tells one process of a service from another, made of several attributes; never shown. */
  instance: string
}

/** Attributes of a resource that are read. */
export const RESOURCE_ATTRIBUTES: ReadonlySet<string> = new Set([
  'service.name',
  'service.namespace',
  'service.instance.id',
  'k8s.pod.uid',
  'host.name',
  'process.pid',
])

/** A resource from what was read of its attributes. */
export function telemetryResource(attributes: Attributes): TelemetryResource {
  const { 'service.name': service, 'service.namespace': namespace, ...rest } = Object.fromEntries(attributes)
  return { service: service || null, namespace: namespace || null, instance: Object.values(rest).join(' ') }
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

/** Points of one metric at one set of attributes (opentelemetry-proto, metrics.proto). */
export interface MetricPoint {
  resource: TelemetryResource
  metric: string
  /** All attributes of the point: they tell one series from another. */
  attributes: Attributes
  start: number
  at: number
  /** Whether it counts since `start` (cumulative) and not since the point before (delta). A gauge counts nothing. */
  isCumulative: boolean
  /** Sum or gauge: the value. Histogram: how many values. */
  value: number
  kind: 'gauge' | 'sum' | 'histogram' | 'other'
  /** Histogram: upper bounds, inclusive, and counts, one more than bounds. */
  buckets?: { bounds: readonly number[]; counts: readonly number[] }
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
  'peer.service',
  'server.address',
  'net.peer.name',
  'exception.type',
])
