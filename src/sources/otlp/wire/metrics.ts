import type { Buckets, MetricPoint, TelemetryResource } from '../../../ground/intake/index.ts'
import { demandFewBuckets, exponentialBuckets } from '../exponential.ts'
import { type Counting, countingOf, isTold, type Shape } from '../points.ts'
import { any, itemsIn, readAttribute } from './attributes.ts'
import { Reader } from './reader.ts'

const NANOSECONDS = 1e6
/** Field of a metric for each shape of its points (metrics.proto, Metric), and fields of such a point. */
const SHAPES: Record<number, { shape: Shape; attributes: number; flags: number }> = {
  5: { shape: 'gauge', attributes: 7, flags: 8 },
  7: { shape: 'sum', attributes: 7, flags: 8 },
  9: { shape: 'histogram', attributes: 9, flags: 10 },
  10: { shape: 'exponentialHistogram', attributes: 1, flags: 10 },
  11: { shape: 'summary', attributes: 7, flags: 8 },
}
type Fields = (typeof SHAPES)[number]

/** Points of an ExportMetricsServiceRequest (opentelemetry-proto 1.x, metrics.proto). */
export function* metricsIn(body: Buffer): Generator<MetricPoint> {
  for (const { resource, scope, item } of itemsIn(new Reader(body))) yield* pointsOf({ resource, scope }, item)
}

function* pointsOf(from: { resource: TelemetryResource; scope: string }, reader: Reader): Generator<MetricPoint> {
  const metric = nameOf(reader.again())
  while (reader.next()) {
    const fields = SHAPES[reader.field]
    if (!fields) {
      reader.skip()
      continue
    }
    const data = reader.fork()
    const counting = howCounting(data.again(), fields.shape)
    while (data.next()) {
      if (data.field !== 1) {
        data.skip()
        continue
      }
      const { flags, ...point } = pointOf(data.fork(), fields)
      if (isTold(flags)) yield { ...from, metric, ...counting, ...point }
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

function howCounting(data: Reader, shape: Shape): Counting {
  let temporality = 0
  let isMonotonic = false
  while (data.next()) {
    if (shape !== 'gauge' && shape !== 'summary' && data.field === 2) temporality = data.varint()
    else if (shape === 'sum' && data.field === 3) isMonotonic = data.varint() !== 0
    else data.skip()
  }
  return countingOf(shape, temporality, isMonotonic)
}

function pointOf(
  reader: Reader,
  { shape, attributes: attributesField, flags: flagsField }: Fields,
): Pick<MetricPoint, 'attributes' | 'start' | 'at' | 'value' | 'buckets'> & { flags: number } {
  const attributes = new Map<string, string>()
  const bounds: number[] = []
  const counts: number[] = []
  const point = { attributes, start: 0, at: 0, value: 0, flags: 0 }
  const exponential = {
    scale: 0,
    zeros: 0,
    positive: { offset: 0, counts: [] as number[] },
    negative: { offset: 0, counts: [] as number[] },
  }
  const isNumber = shape === 'gauge' || shape === 'sum'
  const isExponential = shape === 'exponentialHistogram'
  while (reader.next()) {
    const { field } = reader
    if (field === attributesField) readAttribute(reader, attributes, any)
    else if (field === flagsField) point.flags = reader.varint()
    else if (field === 2) point.start = reader.fixed64() / NANOSECONDS
    else if (field === 3) point.at = reader.fixed64() / NANOSECONDS
    else if (isNumber && field === 4) point.value = reader.double()
    else if (isNumber && field === 6) point.value = reader.signedFixed64()
    else if (!isNumber && field === 4) point.value = reader.fixed64()
    else if (shape === 'histogram' && field === 6) readNumbers(reader, counts, () => reader.fixed64())
    else if (shape === 'histogram' && field === 7) readNumbers(reader, bounds, () => reader.double())
    else if (isExponential && field === 6) exponential.scale = reader.signedVarint()
    else if (isExponential && field === 7) exponential.zeros = reader.fixed64()
    else if (isExponential && field === 8) exponential.positive = rangeOf(reader.fork())
    else if (isExponential && field === 9) exponential.negative = rangeOf(reader.fork())
    else reader.skip()
  }
  return { ...point, ...bucketsOf(isExponential ? exponentialBuckets(exponential) : counts.length > 0 ? { bounds, counts } : null) }
}

function bucketsOf(buckets: Buckets | null): { buckets?: Buckets } {
  return buckets ? { buckets } : {}
}

/** Counts of an exponential histogram on one side of nothing (metrics.proto, ExponentialHistogramDataPoint.Buckets). */
function rangeOf(reader: Reader): { offset: number; counts: number[] } {
  const range = { offset: 0, counts: [] as number[] }
  while (reader.next()) {
    if (reader.field === 1) range.offset = reader.signedVarint()
    else if (reader.field === 2) readNumbers(reader, range.counts, () => reader.varint())
    else reader.skip()
  }
  return range
}

function readNumbers(reader: Reader, into: number[], read: () => number): void {
  reader.repeated(into, () => {
    demandFewBuckets(into.length)
    return read()
  })
}
