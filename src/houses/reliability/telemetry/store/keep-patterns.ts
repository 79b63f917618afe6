import { sql, type Store } from '../../../../ground/store/index.ts'
import type { PatternLines } from '../assess/patterns.ts'
import type { Body } from '../take/body.ts'
import { written } from './rows.ts'

/** Adds the patterns that were seen in logs, with a trace of the last line that has one. */
export async function keepPatterns(store: Store, bodies: readonly Body[]): Promise<void> {
  const hours = new Map<string, PatternLines>()
  const patterns = new Map<string, PatternLines>()
  for (const one of bodies.flatMap(({ patterns: lines }) => [...lines.values()])) {
    const key = `${one.service}\n${one.id}`
    const hour = hours.get(`${key}\n${one.hour}`)
    hours.set(`${key}\n${one.hour}`, hour ? { ...hour, lines: hour.lines + one.lines } : one)
    const before = patterns.get(key)
    patterns.set(key, before ? later(before, one) : one)
  }
  if (hours.size === 0) return
  await store.query(sql`
    insert into telemetry_pattern as p (service, id, template, severity, first_at, last_at, trace)
    select r.service, r.id, r.template, r.severity, r."firstAt", r."lastAt", r.trace
    from json_to_recordset(${written([...patterns.values()])}::json)
      as r(service text, id text, template text, severity text, "firstAt" timestamptz, "lastAt" timestamptz, trace text)
    order by 1, 2
    on conflict (service, id) do update set template = excluded.template, severity = excluded.severity,
      first_at = least(p.first_at, excluded.first_at), last_at = greatest(p.last_at, excluded.last_at), trace = coalesce(excluded.trace, p.trace)`)
  await store.query(sql`
    insert into telemetry_pattern_hour as p (service, id, hour, lines)
    select r.service, r.id, r.hour, r.lines
    from json_to_recordset(${written([...hours.values()])}::json) as r(service text, id text, hour timestamptz, lines bigint)
    order by 1, 2, 3
    on conflict (service, id, hour) do update set lines = p.lines + excluded.lines`)
}

function later(one: PatternLines, other: PatternLines): PatternLines {
  return {
    ...other,
    firstAt: Math.min(one.firstAt, other.firstAt),
    lastAt: Math.max(one.lastAt, other.lastAt),
    trace: other.trace ?? one.trace,
  }
}
