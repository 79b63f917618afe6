import { type Bucket, bucketsOf, DAY, type Instant, type Window } from '../../core/index.ts'
import { ascending, quantile } from '../statistics/index.ts'

/** What a series goes by: how long a step is, after how many a rhythm comes round, how far back one looks unless told. */
export const STEPS: Record<Bucket, { days: number; period: number; backDays: number }> = {
  day: { days: 1, period: 7, backDays: 364 },
  week: { days: 7, period: 1, backDays: 728 },
  month: { days: 30.44, period: 12, backDays: 3_653 },
}
/** No bucket is longer. */
const LONGEST = 32 * DAY

/** The whole bucket a moment lies in. */
export function bucketAt(at: Instant, bucket: Bucket, zone: string): Window {
  const before = bucketsOf({ from: at - LONGEST, to: at + 1 }, bucket, zone).at(-1)!
  return bucketsOf({ from: before.from, to: before.from + LONGEST }, bucket, zone)[0]!
}

/** Whole buckets from one moment to another. */
export function wholeBuckets({ from, to }: Window, bucket: Bucket, zone: string): Window[] {
  if (from >= to) return []
  return bucketsOf({ from: bucketAt(from, bucket, zone).from, to: bucketAt(to - 1, bucket, zone).to }, bucket, zone)
}

/** The next whole buckets, so many. */
export function bucketsAfter(at: Instant, bucket: Bucket, zone: string, count: number): Window[] {
  return bucketsOf({ from: at, to: at + (count + 1) * LONGEST }, bucket, zone).slice(0, count)
}

/** The step of values that came whenever they came: the one nearest to the usual pause between two. */
export function stepBetween(moments: readonly Instant[]): Bucket {
  const pauses = moments.slice(1).flatMap((at, index) => (at > moments[index]! ? [at - moments[index]!] : []))
  const usual = (quantile(ascending(pauses), 0.5) ?? 0) / DAY
  return usual <= 3 ? 'day' : usual <= 14 ? 'week' : 'month'
}

/** A bucket that gives a span some tens to hundreds of points. */
export function bucketFor({ from, to }: Window): Bucket {
  const days = (to - from) / DAY
  return days <= 92 ? 'day' : days <= 5 * 366 ? 'week' : 'month'
}
