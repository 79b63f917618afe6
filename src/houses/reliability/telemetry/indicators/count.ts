import type { MetricPoint } from '../../../../ground/intake/index.ts'
import { matches, type OwnIndicator, type PointFilter } from './own.ts'

/** Calls of an operation in a minute, as they are kept. */
interface Minute {
  operation: string
  kind: string
  calls: number
  errors: number
  durations: Iterable<readonly [bucket: number, calls: number]>
}

export interface GoodOfAll {
  good: number
  total: number
}

/** What a minute of spans adds to an indicator; null where it is none of its spans. */
export function goodSpans(indicator: OwnIndicator, minute: Minute): GoodOfAll | null {
  if (indicator.from !== 'spans') return null
  const { operation, kinds } = indicator.spans
  if (!kinds.includes(minute.kind) || (operation !== null && !matches(minute.operation, [operation]))) return null
  if (indicator.good === 'without_error') return { good: minute.calls - minute.errors, total: minute.calls }
  let within = 0
  for (const [bucket, calls] of minute.durations) if (bucket <= indicator.bucket) within += calls
  return { good: indicator.good === 'within' ? within : minute.calls - within, total: minute.calls }
}

/** How many events a point of a metric tells of, by what counts: `counted` of a delta, or the difference to the point before. */
export interface Counted {
  value: number
  counts: readonly number[] | null
}

/** What a point adds to an indicator; null where it is none of its points, or its histogram has no such bound. */
export function goodPoints(indicator: OwnIndicator, point: MetricPoint, counted: Counted): GoodOfAll | null {
  if (indicator.from !== 'points') return null
  if ('bound' in indicator) {
    if (!isOf(indicator.all, point) || !point.buckets || !counted.counts) return null
    const bucket = point.buckets.bounds.indexOf(indicator.bound)
    if (bucket < 0) return null
    const within = counted.counts.slice(0, bucket + 1).reduce((sum, count) => sum + count, 0)
    return { good: indicator.good === 'within' ? within : counted.value - within, total: counted.value }
  }
  const isAll = isOf(indicator.all, point)
  const isPart = isOf(indicator.part, point)
  if (!isAll && !isPart) return null
  const total = isAll ? counted.value : 0
  const part = isPart ? counted.value : 0
  return { good: indicator.good === 'part' ? part : total - part, total }
}

/** Whether a point is one of those that count. */
export function isOf({ metric, attributes }: PointFilter, point: Pick<MetricPoint, 'metric' | 'attributes'>): boolean {
  return point.metric === metric && Object.entries(attributes).every(([name, wanted]) => matches(point.attributes.get(name) ?? '', wanted))
}
