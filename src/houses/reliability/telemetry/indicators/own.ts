import type { Ref } from '../../../../ground/core/index.ts'
import type { IndicatorMetrics, MetricSource, Slo } from '../../intent/index.ts'
import { thresholdBucket, upperBound } from '../assess/durations.ts'

/** Types of sources that mean telemetry which is sent to us. */
const TYPES: ReadonlySet<string> = new Set(['throughline', 'opentelemetry'])

/** Which spans count. Left out: all that the service serves. */
export interface SpanFilter {
  /** Name of an operation; with `*` at its end all that begin so. */
  operation: string | null
  kinds: readonly string[]
}

/** Kinds of spans in which a service serves somebody. */
export const SERVED = ['server', 'consumer'] as const

/** Which points of a metric count. */
export interface PointFilter {
  metric: string
  /** Values an attribute may have; with `*` at its end all that begin so. */
  attributes: Readonly<Record<string, readonly string[]>>
}

/** An indicator of a service that is counted from the telemetry it sends. */
export type OwnIndicator = { subject: Ref; indicator: string } & (
  | { from: 'spans'; spans: SpanFilter; good: 'without_error' }
  /** Good are calls in buckets up to `bucket`, or above it. */
  | { from: 'spans'; spans: SpanFilter; good: 'within' | 'beyond'; bucket: number }
  /** Good, or bad, are the points of `part`. */
  | { from: 'points'; all: PointFilter; part: PointFilter; good: 'part' | 'rest' }
  /** Good are values up to a bound of the histogram, or above it. */
  | { from: 'points'; all: PointFilter; good: 'within' | 'beyond'; bound: number }
)

/** The indicators of promises whose documents ask for own telemetry, each once. */
export function ownIndicators(slos: readonly Slo[]): OwnIndicator[] {
  const found = new Map<string, OwnIndicator>()
  for (const { service, objectives } of slos)
    for (const { indicator } of objectives) {
      const own = indicator.metrics && ownIndicator(indicator.metrics, service, indicator.countedAs ?? indicator.name)
      if (own) found.set(`${service}\n${own.indicator}`, own)
    }
  return [...found.values()]
}

/** A text that is another one when an indicator is counted otherwise. */
export function definitionOf({ subject: _, indicator: __, ...counted }: OwnIndicator): string {
  return JSON.stringify(counted)
}

/** The duration a threshold of an indicator stands for, in milliseconds: the nearest end of a bucket. */
export function effectiveThreshold(indicator: OwnIndicator): number | null {
  return 'bucket' in indicator ? upperBound(indicator.bucket) : null
}

function ownIndicator(metrics: IndicatorMetrics, subject: Ref, indicator: string): OwnIndicator | null {
  const named = { subject, indicator }
  if (metrics.kind === 'threshold') {
    const { threshold, op, value } = metrics
    const good = op === 'lt' || op === 'lte' ? 'within' : 'beyond'
    if (isSpans(threshold)) return { ...named, from: 'spans', spans: spanFilter(threshold), good, bucket: thresholdBucket(value) }
    const all = pointFilter(threshold)
    return all && { ...named, from: 'points', all, good, bound: value }
  }
  if (metrics.kind !== 'ratio') return null
  const { total, good, bad } = metrics
  if (isSpans(total)) return { ...named, from: 'spans', spans: spanFilter(total), good: 'without_error' }
  const part = good ?? bad
  const all = pointFilter(total)
  const parts = part && all && pointFilter(part, all.metric)
  return parts ? { ...named, from: 'points', all, part: parts, good: good ? 'part' : 'rest' } : null
}

function isSpans({ type, spec }: MetricSource): boolean {
  return TYPES.has(type) && (spec.signal === 'spans' || spec.signal === 'traces')
}

function spanFilter({ spec: { operation, kind } }: MetricSource): SpanFilter {
  return {
    operation: typeof operation === 'string' && operation !== '' ? operation : null,
    kinds: typeof kind === 'string' ? [kind] : SERVED,
  }
}

function pointFilter({ type, spec }: MetricSource, otherwise?: string): PointFilter | null {
  const metric = typeof spec.metric === 'string' ? spec.metric : otherwise
  if (!TYPES.has(type) || (spec.signal !== 'metrics' && otherwise === undefined) || metric === undefined) return null
  const stated = typeof spec.attributes === 'object' && spec.attributes !== null ? Object.entries(spec.attributes as object) : []
  const attributes = stated.map(([name, value]: [string, unknown]) => [name, (Array.isArray(value) ? value : [value]).map(String)] as const)
  return { metric, attributes: Object.fromEntries(attributes) }
}

/** Whether a text is one of these; with `*` at its end, whether it begins so. */
export function matches(text: string, wanted: readonly string[]): boolean {
  return wanted.some((one) => (one.endsWith('*') ? text.startsWith(one.slice(0, -1)) : text === one))
}
