import type { MetricPoint, TelemetryResource } from '../../../ground/intake/index.ts'
import { itemsIn, readAttribute } from './attributes.ts'
import { Reader } from './reader.ts'

const NANOSECONDS = 1e6
const CUMULATIVE = 2
const any = () => true
/** Field of a metric for each shape of its points (metrics.proto, Metric), and field of the attributes of such a point. */
const SHAPES: Record<number, { kind: MetricPoint['kind']; attributes: number }> = {
  5: { kind: 'gauge', attributes: 7 },
  7: { kind: 'sum', attributes: 7 },
  9: { kind: 'histogram', attributes: 9 },
  10: { kind: 'other', attributes: 1 },
  11: { kind: 'other', attributes: 7 },
}

/** Points of an ExportMetricsServiceRequest (opentelemetry-proto 1.x, metrics.proto). */
export function* metricsIn(body: Buffer): Generator<MetricPoint> {
  for (const { resource, item } of itemsIn(new Reader(body))) yield* pointsOf(resource, item)
}

function* pointsOf(resource: TelemetryResource, reader: Reader): Generator<MetricPoint> {
  const metric = nameOf(reader.again())
  while (reader.next()) {
    const shape = SHAPES[reader.field]
    if (!shape) {
      reader.skip()
      continue
    }
    const data = reader.fork()
    const isCumulative = temporalityOf(data.again()) === CUMULATIVE
    while (data.next()) {
      if (data.field === 1) yield { resource, metric, isCumulative, kind: shape.kind, ...pointOf(data.fork(), shape) }
      else data.skip()
    }
  }
}

function nameOf(reader: Reader): string {
  let name = ''
  while (reader.next()) {
    if (reader.field === 1) name = reader.text()
    else reader.skip()
  }
  return name
}

function temporalityOf(reader: Reader): number {
  let temporality = 0
  while (reader.next()) {
    if (reader.field === 2) temporality = reader.varint()
    else reader.skip()
  }
  return temporality
}

function pointOf(
  reader: Reader,
  { kind, attributes: attributesField }: { kind: MetricPoint['kind']; attributes: number },
): Pick<MetricPoint, 'attributes' | 'start' | 'at' | 'value' | 'buckets'> {
  const attributes = new Map<string, string>()
  const bounds: number[] = []
  const counts: number[] = []
  const point = { attributes, start: 0, at: 0, value: 0 }
  const isNumber = kind === 'gauge' || kind === 'sum'
  while (reader.next()) {
    const { field } = reader
    if (field === attributesField) readAttribute(reader, attributes, any)
    else if (field === 2) point.start = reader.fixed64() / NANOSECONDS
    else if (field === 3) point.at = reader.fixed64() / NANOSECONDS
    else if (isNumber && field === 4) point.value = reader.double()
    else if (isNumber && field === 6) point.value = reader.signedFixed64()
    else if (!isNumber && field === 4) point.value = reader.fixed64()
    else if (kind === 'histogram' && field === 6) reader.repeated(counts, () => reader.fixed64())
    else if (kind === 'histogram' && field === 7) reader.repeated(bounds, () => reader.double())
    else reader.skip()
  }
  return kind === 'histogram' && counts.length > 0 ? { ...point, buckets: { bounds, counts } } : point
}
