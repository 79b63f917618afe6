import { sql, type Store } from '../../../../ground/store/index.ts'
import type { CallHour } from '../assess/calls.ts'
import type { Body } from '../take/body.ts'
import { pairs, written } from './rows.ts'

/** Adds who called whom, and which component answered at which host. */
export async function keepCalls(store: Store, bodies: readonly Body[]): Promise<void> {
  const hours = new Map<string, CallHour>()
  for (const one of bodies.flatMap(({ calls }) => [...calls.hours()])) {
    const key = `${one.caller}\n${one.callee}\n${one.via}\n${one.hour}`
    const sum = hours.get(key)
    if (!sum) hours.set(key, { ...one, durations: new Map(one.durations) })
    else {
      sum.calls += one.calls
      sum.errors += one.errors
      for (const [bucket, calls] of one.durations) sum.durations.set(bucket, (sum.durations.get(bucket) ?? 0) + calls)
    }
  }
  if (hours.size > 0)
    await store.query(sql`
      insert into telemetry_call as c (caller, callee, via, hour, calls, errors, durations)
      select r.caller, r.callee, r.via, r.hour, r.calls, r.errors, r.durations
      from json_to_recordset(${written([...hours.values()].map((one) => ({ ...one, durations: pairs(one.durations) })))}::json)
        as r(caller text, callee text, via text, hour timestamptz, calls bigint, errors bigint, durations integer[])
      order by 1, 2, 3, 4
      on conflict (caller, callee, via, hour) do update set
        calls = c.calls + excluded.calls, errors = c.errors + excluded.errors, durations = telemetry_add(c.durations, excluded.durations)`)
  const hosts = new Map(bodies.flatMap(({ calls }) => [...calls.hosts]))
  if (hosts.size > 0)
    await store.query(sql`
      insert into telemetry_host as h (caller, host, callee, seen_at)
      select r.caller, r.host, r.callee, r.at
      from json_to_recordset(${written([...hosts.values()])}::json) as r(caller text, host text, callee text, at timestamptz)
      order by 1, 2
      on conflict (caller, host) do update set callee = excluded.callee, seen_at = excluded.seen_at where h.seen_at <= excluded.seen_at`)
}
