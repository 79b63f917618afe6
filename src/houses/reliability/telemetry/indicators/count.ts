import type { MetricPoint } from '../../../../ground/intake/index.ts'
import { matches, type OwnIndicator, type PointFilter } from './own.ts'
import type { Added } from './series.ts'
import { addedWithin, within } from './within.ts'

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

/** What a point adds to an indicator; null where it is none of its points, or that cannot be told (`troubleOf`). */
export function goodPoints(indicator: OwnIndicator, point: MetricPoint, { value, before }: Added): GoodOfAll | null {
  if (indicator.from !== 'points') return null
  if ('bound' in indicator) {
    if (!isOf(indicator.all, point) || !point.buckets) return null
    const { buckets } = point
    const found = before === null ? within(buckets, indicator.bound) : addedWithin(buckets, before.buckets, indicator.bound)
    return found === null ? null : { good: indicator.good === 'within' ? found : value - found, total: value }
  }
  const isAll = isOf(indicator.all, point)
  const isPart = isOf(indicator.part, point)
  if (!isAll && !isPart) return null
  const total = isAll ? value : 0
  const part = isPart ? value : 0
  return { good: indicator.good === 'part' ? part : total - part, total }
}

/** Whether an indicator asks for a point. */
export function asksFor(indicator: OwnIndicator, point: MetricPoint): boolean {
  return indicator.from === 'points' && (isOf(indicator.all, point) || ('part' in indicator && isOf(indicator.part, point)))
}

/** Whether a point is one of those that count. */
function isOf({ metric, attributes }: PointFilter, point: Pick<MetricPoint, 'metric' | 'attributes'>): boolean {
  return point.metric === metric && Object.entries(attributes).every(([name, wanted]) => matches(point.attributes.get(name) ?? '', wanted))
}
