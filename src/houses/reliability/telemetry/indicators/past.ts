import { HOUR, MINUTE, type Ref, type Window } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import type { Minutes } from '../../assess/index.ts'
import { thresholdBucket, upperBound } from '../assess/durations.ts'
import { SERVED, type OwnIndicator } from './own.ts'
import { keptSamples } from './samples.ts'

/** Calls that would be counted if somebody promised something about them: without error, or within a time. */
export interface CallsAsked {
  subject: Ref
  /** With `*` at its end all that begin so; all that the service serves where none is named. */
  operation?: string | undefined
  withinMs?: number | undefined
}

/**
 * Calls of the past by minute, as spans told of them; where only hours are kept any more, their events spread evenly.
 * @returns also the duration that counts, the nearest end of a bucket; null where errors do
 */
export async function pastCalls(
  { store }: Pick<Ground, 'store'>,
  { subject, operation, withinMs }: CallsAsked,
  { from, to }: Window,
): Promise<{ minutes: Minutes; countedMs: number | null }> {
  const asked = { subject, indicator: '', from: 'spans', spans: { operation: operation ?? null, kinds: SERVED } } as const
  const bucket = withinMs === undefined ? null : thresholdBucket(withinMs)
  const indicator: OwnIndicator = bucket === null ? { ...asked, good: 'without_error' } : { ...asked, good: 'within', bucket }
  const count = Math.max(0, Math.ceil((to - from) / MINUTE))
  const minutes: Minutes = { from, good: new Float64Array(count).fill(NaN), total: new Float64Array(count).fill(NaN) }
  for (const { from: start, seconds, good, total } of (await keptSamples({ store }, indicator)).all()) {
    const length = seconds * 1000 === HOUR ? HOUR / MINUTE : 1
    for (let n = 0; n < length; n += 1) {
      const place = (start - from) / MINUTE + n
      if (place < 0 || place >= count) continue
      minutes.good[place] = (minutes.good[place] || 0) + good / length
      minutes.total[place] = (minutes.total[place] || 0) + total / length
    }
  }
  return { minutes, countedMs: bucket === null ? null : upperBound(bucket) }
}
