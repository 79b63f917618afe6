import * as z from 'zod'
import { formatInstant, HOUR, type Instant, type Ref, type Window } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { MOST_OPERATIONS, OTHER } from './assess/operation.ts'
import { BUCKET_WIDTH, quantile } from './assess/durations.ts'
import { joinedEdges } from './map/map.ts'
import { edgesIn, minutesIn, operationsIn, patternsIn, revealedIn } from './store/read.ts'
import { exemplar, ExemplarView, traceLinkOf } from './trace-link.ts'

const MOST_PATTERNS = 50

export const CallView = z.object({
  caller: z.string(),
  callee: z.string(),
  calls: z.number().int(),
  errors: z.number().int(),
  p95Ms: z.number().nullable(),
})

export const ServiceView = z.object({
  service: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  operations: z.array(
    z.object({
      operation: z.string(),
      kind: z.string(),
      calls: z.number().int(),
      errors: z.number().int(),
      p50Ms: z.number().nullable(),
      p95Ms: z.number().nullable(),
      errorTrace: ExemplarView.nullable(),
      slowTrace: ExemplarView.extend({ ms: z.number() }).nullable(),
    }),
  ),
  /** How many operations of a kind are counted by name, and whether there were more, which count together. */
  operationsKept: z.object({ most: z.number().int(), more: z.boolean() }),
  /** A duration is known up to this share of itself: the width of a bucket. */
  bucketWidth: z.number(),
  /** Calls served, by minute; by hour where minutes are no longer kept. */
  series: z.array(z.object({ at: z.string(), calls: z.number().int(), errors: z.number().int() })),
  /** To and from others. */
  calls: z.array(CallView),
  patterns: z.array(
    z.object({
      id: z.string(),
      template: z.string(),
      severity: z.enum(['warning', 'error', 'fatal']),
      lines: z.number().int(),
      firstAt: z.string(),
      lastAt: z.string(),
      trace: ExemplarView.nullable(),
    }),
  ),
  reveals: z.object({
    traces: z.boolean(),
    metrics: z.boolean(),
    logs: z.boolean(),
    structuredLogs: z.boolean(),
    correlatedLogs: z.boolean(),
    /** When anything came last; null when nothing did in the window. */
    lastAt: z.string().nullable(),
  }),
})
export type ServiceView = z.output<typeof ServiceView>

/** What a service revealed of itself in the hours before a moment. */
export async function serviceView(
  service: Ref,
  { at, hours }: { at: Instant; hours: number },
  ground: Pick<Ground, 'store' | 'intake'>,
): Promise<ServiceView> {
  const { store } = ground
  const window: Window = { from: at - hours * HOUR, to: at }
  const link = await traceLinkOf(ground)
  const operations = await operationsIn(store, service, window)
  const revealed = await revealedIn(store, window, service)
  const has = (signal: string) => revealed.some((one) => one.signal === signal)
  return {
    service,
    window: { from: formatInstant(window.from), to: formatInstant(window.to) },
    operations: operations.map(({ operation, kind, calls, errors, durations, ...traces }) => {
      const slow = exemplar(traces.slowTrace, traces.slowAt, link)
      return {
        operation,
        kind,
        calls,
        errors,
        p50Ms: quantile(durations, 0.5),
        p95Ms: quantile(durations, 0.95),
        errorTrace: exemplar(traces.errorTrace, traces.errorAt, link),
        slowTrace: slow && { ...slow, ms: traces.slowMs! },
      }
    }),
    operationsKept: { most: MOST_OPERATIONS, more: operations.some(({ operation }) => operation === OTHER) },
    bucketWidth: BUCKET_WIDTH,
    series: (await minutesIn(store, service, window)).map((one) => ({ ...one, at: formatInstant(one.at) })),
    calls: joinedEdges(await edgesIn(store, window, service), []).map(({ caller, callee, calls, errors, durations }) => ({
      caller,
      callee,
      calls,
      errors,
      p95Ms: quantile(durations, 0.95),
    })),
    patterns: (await patternsIn(store, service, window, MOST_PATTERNS)).map(({ trace, firstAt, lastAt, ...pattern }) => ({
      ...pattern,
      firstAt: formatInstant(firstAt),
      lastAt: formatInstant(lastAt),
      trace: exemplar(trace, lastAt, link),
    })),
    reveals: {
      traces: has('traces'),
      metrics: has('metrics'),
      logs: has('logs'),
      structuredLogs: has('structured_logs'),
      correlatedLogs: has('correlated_logs'),
      lastAt: revealed.length > 0 ? formatInstant(Math.max(...revealed.map(({ lastAt }) => lastAt))) : null,
    },
  }
}
