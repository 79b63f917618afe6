import { sql, type Store } from '../../../../ground/store/index.ts'
import type { SeenOperation, SpanMinute } from '../assess/count-spans.ts'
import type { Body } from '../take/body.ts'
import { pairs, written } from './rows.ts'

/** Adds the minutes of these bodies to what there is. In order of their keys, so that two processes wait for each other and do not lock up. */
export async function keepSpanMinutes(store: Store, bodies: readonly Body[]): Promise<void> {
  const minutes = added(bodies.flatMap(({ spans }) => [...spans.minutes()]))
  if (minutes.length === 0) return
  await store.query(sql`
    insert into telemetry_minute as m (service, operation, kind, minute, calls, errors, durations)
    select r.service, r.operation, r.kind, r.minute, r.calls, r.errors, r.durations
    from json_to_recordset(${written(minutes.map((one) => ({ ...one, durations: pairs(one.durations) })))}::json)
      as r(service text, operation text, kind text, minute timestamptz, calls bigint, errors bigint, durations integer[])
    order by 1, 2, 3, 4
    on conflict (service, operation, kind, minute) do update set
      calls = m.calls + excluded.calls, errors = m.errors + excluded.errors, durations = telemetry_add(m.durations, excluded.durations)`)
}

/** Notes which operations were seen, with the last failure and the slowest call of the last hour. */
export async function keepOperations(store: Store, bodies: readonly Body[]): Promise<void> {
  const seen = new Map<string, SeenOperation>()
  for (const one of bodies.flatMap(({ spans }) => [...spans.operations()])) {
    const key = `${one.service}\n${one.kind}\n${one.operation}`
    const found = seen.get(key)
    seen.set(key, found ? joined(found, one) : one)
  }
  if (seen.size === 0) return
  const rows = [...seen.values()].map(({ error, slow, ...one }) => ({
    ...one,
    errorTrace: error?.trace,
    errorAt: error?.at,
    slowTrace: slow?.trace,
    slowMs: slow?.ms,
    slowAt: slow?.at,
  }))
  await store.query(sql`
    insert into telemetry_operation as o (service, operation, kind, first_at, last_at, error_trace, error_at, slow_trace, slow_ms, slow_at)
    select r.service, r.operation, r.kind, r."firstAt", r."lastAt", r."errorTrace", r."errorAt", r."slowTrace", r."slowMs", r."slowAt"
    from json_to_recordset(${written(rows)}::json) as r(service text, operation text, kind text, "firstAt" timestamptz, "lastAt" timestamptz,
      "errorTrace" text, "errorAt" timestamptz, "slowTrace" text, "slowMs" double precision, "slowAt" timestamptz)
    order by 1, 2, 3
    on conflict (service, operation, kind) do update set
      first_at = least(o.first_at, excluded.first_at), last_at = greatest(o.last_at, excluded.last_at),
      error_trace = coalesce(excluded.error_trace, o.error_trace), error_at = coalesce(excluded.error_at, o.error_at),
      (slow_trace, slow_ms, slow_at) = (
        select case when taken then excluded.slow_trace else o.slow_trace end, case when taken then excluded.slow_ms else o.slow_ms end,
          case when taken then excluded.slow_at else o.slow_at end
        from (select excluded.slow_ms is not null and (o.slow_ms is null or excluded.slow_ms >= o.slow_ms
          or o.slow_at < excluded.slow_at - interval '1 hour') as taken) which)`)
}

function added(minutes: readonly SpanMinute[]): SpanMinute[] {
  const sums = new Map<string, SpanMinute>()
  for (const one of minutes) {
    const key = `${one.service}\n${one.kind}\n${one.minute}\n${one.operation}`
    const sum = sums.get(key)
    if (!sum) sums.set(key, { ...one, durations: new Map(one.durations) })
    else {
      sum.calls += one.calls
      sum.errors += one.errors
      for (const [bucket, calls] of one.durations) sum.durations.set(bucket, (sum.durations.get(bucket) ?? 0) + calls)
    }
  }
  return [...sums.values()]
}

function joined(one: SeenOperation, other: SeenOperation): SeenOperation {
  return {
    ...one,
    firstAt: Math.min(one.firstAt, other.firstAt),
    lastAt: Math.max(one.lastAt, other.lastAt),
    error: (other.error?.at ?? 0) >= (one.error?.at ?? 0) ? (other.error ?? one.error) : one.error,
    slow: (other.slow?.ms ?? -1) > (one.slow?.ms ?? -1) ? other.slow : one.slow,
  }
}
