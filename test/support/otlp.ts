/**
 * Export requests of our own making, in both encodings, after opentelemetry-proto 1.x (github.com/open-telemetry/opentelemetry-proto)
 * and opentelemetry.io/docs/specs/otlp. Written apart from what reads them, so that a mistake in one shows in the other.
 */
export interface SentSpan {
  trace: string
  span: string
  parent?: string
  name: string
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  kind?: number
  /** Epoch milliseconds. */
  at: number
  ms: number
  isError?: boolean
  attributes?: Record<string, string | number>
  links?: string[]
}

/** An ExportTraceServiceRequest in protobuf: spans by the resource that sent them. */
export function traceBytes(resources: readonly { resource: Record<string, string>; spans: readonly SentSpan[] }[]): Buffer {
  return message(
    ...resources.map(({ resource, spans }) =>
      bytes(1, resourceBytes(resource), bytes(2, bytes(1, text(1, 'test')), ...spans.map((span) => bytes(2, spanBytes(span))))),
    ),
  )
}

/** The same in JSON. */
export function traceJson(resources: readonly { resource: Record<string, string>; spans: readonly SentSpan[] }[]): object {
  return {
    resourceSpans: resources.map(({ resource, spans }) => ({
      resource: { attributes: attributesJson(resource) },
      scopeSpans: [
        {
          scope: { name: 'test' },
          spans: spans.map((span) => ({
            traceId: span.trace,
            spanId: span.span,
            parentSpanId: span.parent ?? '',
            name: span.name,
            kind: span.kind ?? 1,
            startTimeUnixNano: nanoseconds(span.at),
            endTimeUnixNano: nanoseconds(span.at + span.ms),
            attributes: attributesJson(span.attributes ?? {}),
            links: (span.links ?? []).map((spanId) => ({ traceId: span.trace, spanId })),
            status: span.isError ? { code: 2, message: 'failed' } : {},
          })),
        },
      ],
    })),
  }
}

export interface SentLog {
  at: number
  severity: number
  text: string
  trace?: string
  attributes?: Record<string, string | number>
}

/** An ExportLogsServiceRequest in protobuf. */
export function logBytes(resource: Record<string, string>, records: readonly SentLog[]): Buffer {
  const items = records.map(({ at, severity, text: body, trace, attributes = {} }) =>
    bytes(
      2,
      fixed64(1, nanoseconds(at)),
      varint(2, severity),
      bytes(5, text(1, body)),
      ...attributesBytes(6, attributes),
      ...(trace ? [raw(9, Buffer.from(trace, 'hex'))] : []),
      fixed64(11, nanoseconds(at)),
    ),
  )
  return message(bytes(1, resourceBytes(resource), bytes(2, ...items)))
}

export interface SentPoint {
  start: number
  at: number
  attributes?: Record<string, string | number>
  /** A sum, or buckets of a histogram; those of an exponential one from `offset` on. */
  value?: number
  buckets?: { bounds: number[]; counts: number[] }
  exponential?: { scale: number; zeros: number; offset: number; counts: number[] }
  /** Set where nothing was recorded: the series has ended. */
  isEmpty?: true
}

export interface SentMetric {
  name: string
  /** 0 unspecified, 1 delta, 2 cumulative. */
  temporality: 0 | 1 | 2
  /** A sum that only grows, unless said. */
  shape?: 'up_down' | 'gauge' | 'summary'
  points: readonly SentPoint[]
}

/** An ExportMetricsServiceRequest in protobuf with one metric. */
export function metricBytes(resource: Record<string, string>, metric: SentMetric, scope = 'test'): Buffer {
  const { field, flags } = fieldsOf(metric)
  const points = metric.points.map((point) => bytes(1, pointBytes(point, metric), ...(point.isEmpty ? [varint(flags, 1)] : [])))
  const counting = field === 5 || field === 11 ? [] : [varint(2, metric.temporality)]
  const monotonic = field === 7 && metric.shape !== 'up_down' ? [varint(3, 1)] : []
  const data = bytes(field, ...points, ...counting, ...monotonic)
  return message(bytes(1, resourceBytes(resource), bytes(2, bytes(1, text(1, scope)), bytes(2, text(1, metric.name), data))))
}

/** Field of the metric for the shape of its points, and field of their flags (metrics.proto). */
function fieldsOf({ shape, points }: SentMetric): { field: number; flags: number } {
  if (shape === 'gauge') return { field: 5, flags: 8 }
  if (shape === 'summary') return { field: 11, flags: 8 }
  if (points.some(({ exponential }) => exponential)) return { field: 10, flags: 10 }
  return points.some(({ buckets }) => buckets) ? { field: 9, flags: 10 } : { field: 7, flags: 8 }
}

function pointBytes({ start, at, attributes = {}, value = 0, buckets, exponential }: SentPoint, { shape }: SentMetric): Buffer {
  const times = [fixed64(2, nanoseconds(start)), fixed64(3, nanoseconds(at))]
  const count = (counts: readonly number[]) => fixed64(4, String(counts.reduce((sum, one) => sum + one, 0)))
  if (exponential)
    return message(
      ...attributesBytes(1, attributes),
      ...times,
      count([exponential.zeros, ...exponential.counts]),
      varint(6, zigzag(exponential.scale)),
      fixed64(7, String(exponential.zeros)),
      bytes(8, varint(1, zigzag(exponential.offset)), raw(2, Buffer.concat(exponential.counts.map(number)))),
    )
  if (buckets)
    return message(
      ...attributesBytes(9, attributes),
      ...times,
      count(buckets.counts),
      raw(6, Buffer.concat(buckets.counts.map((one) => eight((b) => b.writeBigUInt64LE(BigInt(one)))))),
      raw(7, Buffer.concat(buckets.bounds.map((bound) => eight((b) => b.writeDoubleLE(bound))))),
    )
  return message(...attributesBytes(7, attributes), ...times, shape === 'summary' ? fixed64(4, String(value)) : double(4, value))
}

function zigzag(value: number): number {
  return value < 0 ? -value * 2 - 1 : value * 2
}

function spanBytes(span: SentSpan): Buffer {
  return message(
    raw(1, Buffer.from(span.trace, 'hex')),
    raw(2, Buffer.from(span.span, 'hex')),
    ...(span.parent ? [raw(4, Buffer.from(span.parent, 'hex'))] : []),
    text(5, span.name),
    varint(6, span.kind ?? 1),
    fixed64(7, nanoseconds(span.at)),
    fixed64(8, nanoseconds(span.at + span.ms)),
    ...attributesBytes(9, span.attributes ?? {}),
    ...(span.links ?? []).map((id) => bytes(13, raw(1, Buffer.from(span.trace, 'hex')), raw(2, Buffer.from(id, 'hex')))),
    ...(span.isError ? [bytes(15, text(2, 'failed'), varint(3, 2))] : []),
  )
}

function resourceBytes(resource: Record<string, string>): Buffer {
  return bytes(1, ...attributesBytes(1, resource))
}

function attributesBytes(field: number, attributes: Record<string, string | number>): Buffer[] {
  return Object.entries(attributes).map(([name, value]) =>
    bytes(field, text(1, name), bytes(2, typeof value === 'number' ? varint(3, value) : text(1, value))),
  )
}

function attributesJson(attributes: Record<string, string | number>): object[] {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }))
}

function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(ms * 1000)) * 1000n)
}

function message(...fields: Buffer[]): Buffer {
  return Buffer.concat(fields)
}

function bytes(field: number, ...inner: Buffer[]): Buffer {
  return raw(field, Buffer.concat(inner))
}

function raw(field: number, value: Buffer): Buffer {
  return Buffer.concat([number((field << 3) | 2), number(value.length), value])
}

function text(field: number, value: string): Buffer {
  return raw(field, Buffer.from(value))
}

function varint(field: number, value: number): Buffer {
  return Buffer.concat([number(field << 3), number(value)])
}

function fixed64(field: number, value: string): Buffer {
  return Buffer.concat([number((field << 3) | 1), eight((buffer) => buffer.writeBigUInt64LE(BigInt(value)))])
}

function double(field: number, value: number): Buffer {
  return Buffer.concat([number((field << 3) | 1), eight((buffer) => buffer.writeDoubleLE(value))])
}

function eight(write: (buffer: Buffer) => void): Buffer {
  const buffer = Buffer.alloc(8)
  write(buffer)
  return buffer
}

function number(value: number): Buffer {
  const out: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) + 128)
  return Buffer.from([...out, rest])
}
