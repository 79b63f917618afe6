import { MINUTE } from '../../../../ground/core/index.ts'
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
/** Whoever has written nothing for so long writes no more; exporters write every minute unless told otherwise. */
const ABANDONED = 5 * MINUTE

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
  if (point.temporality === 'delta') return { value, from: start || at - MINUTE, before: null }
  if (!last) return start > 0 && start >= since ? { value, from: start, before: null } : null
  if (at <= last.at || isOlder(point, last)) return null
  if (start > last.started + SAME_MS || value < last.value) return { value, from: Math.max(start, last.at), before: null }
  return { value: value - last.value, from: last.at, before: last }
}

/**
 * Whether a point is the one to count the next from. Of two writers of one series that overlap the one that began later is
 * it ("Overlap"), as long as it writes: a clock that was put back must not silence a series for good.
 */
export function follows(point: MetricPoint, last: LastPoint): boolean {
  return point.at > last.at && (!isOlder(point, last) || point.at - last.at > ABANDONED)
}

/** Whether its writer began before that of another; where it does not say when, it is taken for the same. */
function isOlder({ start }: MetricPoint, last: LastPoint): boolean {
  return start > 0 && start < last.started - SAME_MS
}
