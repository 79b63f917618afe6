import type { Instant, Ref, Window } from '../../../../ground/core/index.ts'
import { instant, sql, type Statement, type Store } from '../../../../ground/store/index.ts'
import type { Durations } from '../assess/durations.ts'

/** Sums over a window. Minutes are added up to hours when they are old, so both are asked; an hour counts where it began within. */
export interface Calls {
  calls: number
  errors: number
  durations: Durations
}

/** What each operation of a service did in a window, busiest first. */
export interface OperationCalls extends Calls {
  operation: string
  kind: string
  errorTrace: string | null
  errorAt: Instant | null
  slowTrace: string | null
  slowMs: number | null
  slowAt: Instant | null
}

export function operationsIn(store: Store, service: Ref, window: Window): Promise<OperationCalls[]> {
  return store.query(sql`
    select s.operation, s.kind, s.calls, s.errors, s.durations, o.error_trace as "errorTrace", o.error_at as "errorAt",
      o.slow_trace as "slowTrace", o.slow_ms as "slowMs", o.slow_at as "slowAt"
    from (
      select operation, kind, sum(calls)::bigint as calls, sum(errors)::bigint as errors, telemetry_sum(durations) as durations
      from ${spansIn(window, sql`service = ${service}`)} group by operation, kind
    ) s
    join telemetry_operation o on o.service = ${service} and o.operation = s.operation and o.kind = s.kind
    order by s.calls desc, s.operation, s.kind`)
}

/** Calls that services served in a window, by service. */
export function servedIn(store: Store, window: Window): Promise<(Calls & { service: Ref })[]> {
  return store.query(sql`
    select service, sum(calls)::bigint as calls, sum(errors)::bigint as errors, telemetry_sum(durations) as durations
    from ${spansIn(window, sql`kind in ('server', 'consumer')`)} group by service order by service`)
}

/** Calls in each minute that a service served. */
export function minutesIn(store: Store, service: Ref, window: Window): Promise<{ at: Instant; calls: number; errors: number }[]> {
  return store.query(sql`
    select at, sum(calls)::bigint as calls, sum(errors)::bigint as errors
    from ${spansIn(window, sql`service = ${service} and kind in ('server', 'consumer')`)} group by at order by at`)
}

/** Calls between two things in a window; `caller`, `callee` as they are kept. */
export interface Edge extends Calls {
  caller: Ref
  callee: string
  via: 'spans' | 'said'
  /** The component that answered at that host, where it is known. */
  resolved: Ref | null
}

export function edgesIn(store: Store, window: Window, of?: Ref): Promise<Edge[]> {
  return store.query(sql`
    select c.caller, c.callee, c.via, h.callee as resolved, sum(c.calls)::bigint as calls, sum(c.errors)::bigint as errors,
      telemetry_sum(c.durations) as durations
    from telemetry_call c left join telemetry_host h on h.caller = c.caller and h.host = c.callee
    where c.hour >= date_trunc('hour', ${instant(window.from)}) and c.hour < ${instant(window.to)}
      ${of ? sql`and (c.caller = ${of} or c.callee = ${of} or h.callee = ${of})` : sql``}
    group by 1, 2, 3, 4 order by 1, 2, 3`)
}

/** Who called whom in a window, and nothing of how often. */
export function callsIn(store: Store, { from, to }: Window): Promise<{ caller: Ref; callee: string }[]> {
  return store.query(sql`
    select distinct c.caller, coalesce(h.callee, c.callee) as callee
    from telemetry_call c left join telemetry_host h on h.caller = c.caller and h.host = c.callee
    where c.hour >= date_trunc('hour', ${instant(from)}) and c.hour < ${instant(to)}`)
}

/** Patterns of complaints in a window, most lines first. */
export interface PatternRow {
  id: string
  template: string
  severity: 'warning' | 'error' | 'fatal'
  lines: number
  firstAt: Instant
  lastAt: Instant
  trace: string | null
}

export function patternsIn(store: Store, service: Ref, window: Window, most: number): Promise<PatternRow[]> {
  return store.query(sql`
    select p.id, p.template, p.severity, sum(h.lines)::bigint as lines, p.first_at as "firstAt", p.last_at as "lastAt", p.trace
    from telemetry_pattern_hour h join telemetry_pattern p on p.service = h.service and p.id = h.id
    where h.service = ${service} and h.hour >= date_trunc('hour', ${instant(window.from)}) and h.hour < ${instant(window.to)}
    group by p.service, p.id order by lines desc, p.template limit ${most}`)
}

/** What services revealed in a window, and when last. */
export function revealedIn(
  store: Store,
  window: Window,
  of?: Ref,
): Promise<{ service: Ref; signal: string; items: number; lastAt: Instant }[]> {
  return store.query(sql`
    select service, signal, sum(items)::bigint as items, max(last_at) as "lastAt" from telemetry_signal
    where day >= ${instant(window.from)}::date and day <= ${instant(window.to)}::date ${of ? sql`and service = ${of}` : sql``}
    group by service, signal order by service, signal`)
}

/** Components of which another source tells numbers: Prometheus, or whoever sends samples. */
export async function measuredElsewhere(store: Store): Promise<Set<Ref>> {
  const rows = await store.query<{ subject: Ref }>(sql`
    select distinct subject from evidence_subject
    where (kind = 'sli' and source <> 'otlp') or (kind = 'measurement' and source = 'prometheus')`)
  return new Set(rows.map(({ subject }) => subject))
}

function spansIn({ from, to }: Window, which: Statement): Statement {
  return sql`(
    select operation, kind, service, minute as at, calls, errors, durations from telemetry_minute
    where ${which} and minute >= ${instant(from)} and minute < ${instant(to)}
    union all
    select operation, kind, service, hour, calls, errors, durations from telemetry_hour
    where ${which} and hour >= ${instant(from)} and hour < ${instant(to)}
  ) spans`
}
