import { MINUTE, type Ref } from '../../../../ground/core/index.ts'
import type { Span, SpanKind } from '../../../../ground/intake/index.ts'
import { bucketOf } from './durations.ts'

/** Calls of one operation of a service that ended in one minute. */
export interface SpanMinute {
  service: Ref
  operation: string
  kind: SpanKind
  minute: number
  calls: number
  errors: number
  durations: Map<number, number>
}

/** An operation with traces worth a look. */
export interface SeenOperation {
  service: Ref
  operation: string
  kind: SpanKind
  firstAt: number
  lastAt: number
  error: { trace: string; at: number } | null
  slow: { trace: string; at: number; ms: number } | null
}

/** One operation of a service, and the minutes of it. */
interface Counted {
  seen: SeenOperation
  minutes: Map<number, SpanMinute>
}

/** Adds spans up as they come. */
export class SpanCount {
  readonly #operations = new Map<Ref, Map<string, Counted>>()

  add(service: Ref, operation: string, span: Span): SpanMinute {
    const counted = this.#counted(service, operation, span)
    const start = Math.floor(span.end / MINUTE) * MINUTE
    let minute = counted.minutes.get(start)
    if (!minute) {
      minute = { service, operation, kind: span.kind, minute: start, calls: 0, errors: 0, durations: new Map() }
      counted.minutes.set(start, minute)
    }
    const ms = span.end - span.start
    addCall(minute, ms, span.isError)
    noteTrace(counted.seen, span, ms)
    return minute
  }

  *minutes(): Generator<SpanMinute> {
    for (const operations of this.#operations.values()) for (const { minutes } of operations.values()) yield* minutes.values()
  }

  *operations(): Generator<SeenOperation> {
    for (const operations of this.#operations.values()) for (const { seen } of operations.values()) yield seen
  }

  #counted(service: Ref, operation: string, { kind, end }: Span): Counted {
    let operations = this.#operations.get(service)
    if (!operations) this.#operations.set(service, (operations = new Map()))
    const key = `${kind} ${operation}`
    let counted = operations.get(key)
    if (!counted) {
      counted = { seen: { service, operation, kind, firstAt: end, lastAt: end, error: null, slow: null }, minutes: new Map() }
      operations.set(key, counted)
    }
    return counted
  }
}

/** Adds one call to counts. */
export function addCall(to: { calls: number; errors: number; durations: Map<number, number> }, ms: number, isError: boolean): void {
  to.calls += 1
  if (isError) to.errors += 1
  const bucket = bucketOf(ms)
  to.durations.set(bucket, (to.durations.get(bucket) ?? 0) + 1)
}

function noteTrace(seen: SeenOperation, { traceId, end, isError }: Span, ms: number): void {
  if (end < seen.firstAt) seen.firstAt = end
  if (end > seen.lastAt) seen.lastAt = end
  if (traceId === null) return
  if (isError && end >= (seen.error?.at ?? 0)) seen.error = { trace: traceId, at: end }
  if (ms > (seen.slow?.ms ?? -1)) seen.slow = { trace: traceId, at: end, ms }
}
