import type { Buckets, MetricPoint } from '../../../../ground/intake/index.ts'

/** The last point of a cumulative series. */
export interface LastPoint {
  started: number
  at: number
  value: number
  buckets: Buckets | null
}

/** What a point tells of. */
export interface Added {
  /** How many events, or what they sum up to. */
  value: number
  /** Since when. */
  from: number
  /** What of the point was counted before; null for nothing. */
  before: LastPoint | null
}

/** Start times are sent in nanoseconds and kept in milliseconds. */
const SAME_MS = 1

/**
 * What a point adds since the one before (OpenTelemetry data model, "Temporality", "Resets and Gaps"). A series that
 * started again counts from nothing; what was counted before we looked is not ours to count.
 * @param since from when on the indicator is counted
 * @returns null for what adds nothing that is known: a first look at an old series, a point that comes late or again, or of
 * a process that began before the one that is counted
 */
export function addedBy(point: MetricPoint, last: LastPoint | null, since: number): Added | null {
  const { value, start, at } = point
  if (point.temporality === null) return null
  if (point.temporality === 'delta') return { value, from: start || at - 60_000, before: null }
  if (!last) return start > 0 && start >= since ? { value, from: start, before: null } : null
  if (!follows(point, last)) return null
  if (start > last.started + SAME_MS || value < last.value) return { value, from: Math.max(start, last.at), before: null }
  return { value: value - last.value, from: last.at, before: last }
}

/** Whether a point of a series comes after another. Two writers of one series overlap: then the one that began later is it ("Overlap"). */
export function follows({ start, at }: MetricPoint, last: LastPoint): boolean {
  return at > last.at && (start === 0 || start >= last.started - SAME_MS)
}
