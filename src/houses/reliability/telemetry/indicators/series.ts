import type { MetricPoint } from '../../../../ground/intake/index.ts'
import type { Counted } from './count.ts'

/** The last point of a cumulative series. */
export interface LastPoint {
  started: number
  at: number
  value: number
  counts: readonly number[] | null
}

/**
 * What a point adds since the one before (OpenTelemetry data model, "Temporality", "Resets and Gaps"). A series that
 * started again counts from nothing; what was counted before we looked is not ours to count.
 * @param since from when on the indicator is counted
 * @returns null for what adds nothing that is known: a first look at an old series, a point that comes late or again
 */
export function addedBy(point: MetricPoint, last: LastPoint | null, since: number): (Counted & { from: number }) | null {
  const counts = point.buckets?.counts ?? null
  const whole = { value: point.value, counts }
  if (!point.isCumulative) return { ...whole, from: point.start || point.at - 60_000 }
  if (!last) return point.start > 0 && point.start >= since ? { ...whole, from: point.start } : null
  if (point.at <= last.at) return null
  const isNew = point.start > last.started + 1 || point.value < last.value || (counts?.length ?? 0) !== (last.counts?.length ?? 0)
  if (isNew) return { ...whole, from: Math.max(point.start, last.at) }
  return {
    value: point.value - last.value,
    counts: counts && counts.map((count, n) => count - (last.counts?.[n] ?? 0)),
    from: last.at,
  }
}
