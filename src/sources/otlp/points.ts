import type { MetricPoint } from '../../ground/intake/index.ts'

/** Shapes of points, as the protocol names them (metrics.proto, Metric.data). */
export type Shape = 'gauge' | 'sum' | 'histogram' | 'exponentialHistogram' | 'summary'

export type Counting = Pick<MetricPoint, 'kind' | 'temporality'>

const TEMPORALITIES: Record<number, MetricPoint['temporality']> = { 1: 'delta', 2: 'cumulative' }

/** How points of a metric count. A summary counts since its start, and says nothing of it (OpenTelemetry data model, "Summary"). */
export function countingOf(shape: Shape, temporality: number, isMonotonic: boolean): Counting {
  if (shape === 'gauge') return { kind: 'gauge', temporality: null }
  if (shape === 'summary') return { kind: 'summary', temporality: 'cumulative' }
  if (shape === 'sum' && !isMonotonic) return { kind: 'up_down', temporality: null }
  return { kind: shape === 'sum' ? 'sum' : 'histogram', temporality: TEMPORALITIES[temporality] ?? null }
}

/** Whether a point holds anything (metrics.proto, DataPointFlags): where a series ended one comes whose zeros are none. */
export function isTold(flags: number): boolean {
  return flags % 2 === 0
}
