import type { Buckets, MetricPoint } from '../../../ground/intake/index.ts'
import { demandFewBuckets, exponentialBuckets } from '../exponential.ts'
import { countingOf, isTold, type Shape } from '../points.ts'
import { any, attributesOf, doubleOf, type Fields, fieldsOf, itemsIn, listOf, numberOf, textOf, timeOf } from './walk.ts'

const SHAPES: readonly Shape[] = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary']

/** Points of an ExportMetricsServiceRequest in JSON. */
export function* metricsInJson(body: unknown): Generator<MetricPoint> {
  for (const { resource, scope, item, where } of itemsIn(body, ['resourceMetrics', 'scopeMetrics', 'metrics'])) {
    const metric = textOf(item.name, `${where}.name`)
    for (const shape of SHAPES) {
      if (item[shape] === undefined || item[shape] === null) continue
      const place = `${where}.${shape}`
      const data = fieldsOf(item[shape], place)
      const counting = countingOf(
        shape,
        numberOf(data.aggregationTemporality, `${place}.aggregationTemporality`),
        data.isMonotonic === true,
      )
      for (const [n, one] of listOf(data.dataPoints, `${place}.dataPoints`).entries()) {
        const { flags, ...point } = pointOf(one, shape, `${place}.dataPoints[${n}]`)
        if (isTold(flags)) yield { resource, scope, metric, ...counting, ...point }
      }
    }
  }
}

function pointOf(
  one: unknown,
  shape: Shape,
  where: string,
): Pick<MetricPoint, 'attributes' | 'start' | 'at' | 'value' | 'buckets'> & { flags: number } {
  const point = fieldsOf(one, where)
  const buckets = bucketsOf(point, shape, where)
  return {
    attributes: attributesOf(point.attributes, `${where}.attributes`, any),
    start: timeOf(point.startTimeUnixNano, `${where}.startTimeUnixNano`),
    at: timeOf(point.timeUnixNano, `${where}.timeUnixNano`),
    value: doubleOf(point.asDouble ?? point.asInt ?? point.count, `${where}.value`),
    flags: numberOf(point.flags, `${where}.flags`),
    ...(buckets ? { buckets } : {}),
  }
}

function bucketsOf(point: Fields, shape: Shape, where: string): Buckets | null {
  if (shape === 'exponentialHistogram') {
    const range = (name: string) => {
      const place = `${where}.${name}`
      const stated = point[name] === undefined || point[name] === null ? {} : fieldsOf(point[name], place)
      return {
        offset: numberOf(stated.offset, `${place}.offset`),
        counts: numbersOf(stated.bucketCounts, `${place}.bucketCounts`, numberOf),
      }
    }
    const [scale, zeros] = [numberOf(point.scale, `${where}.scale`), numberOf(point.zeroCount, `${where}.zeroCount`)]
    return exponentialBuckets({ scale, zeros, positive: range('positive'), negative: range('negative') })
  }
  const counts = shape === 'histogram' ? numbersOf(point.bucketCounts, `${where}.bucketCounts`, numberOf) : []
  return counts.length > 0 ? { bounds: numbersOf(point.explicitBounds, `${where}.explicitBounds`, doubleOf), counts } : null
}

function numbersOf(value: unknown, where: string, numberOf: (value: unknown, where: string) => number): number[] {
  const numbers = listOf(value, where)
  demandFewBuckets(numbers.length)
  return numbers.map((number, n) => numberOf(number, `${where}[${n}]`))
}
