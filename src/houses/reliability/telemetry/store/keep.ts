import { formatDay, HOUR, MINUTE } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { instant, sql, type Store } from '../../../../ground/store/index.ts'
import { settledIndicators } from '../indicators/settle.ts'
import type { Body } from '../take/body.ts'
import { keepCalls } from './keep-calls.ts'
import { keepPatterns } from './keep-patterns.ts'
import { keepSamples } from './keep-samples.ts'
import { keepOperations, keepSpanMinutes } from './keep-spans.ts'
import { written } from './rows.ts'

/** How long a body that comes again is known. */
const REMEMBERED = HOUR
/** Between two times of forgetting. */
const FORGET_EVERY = 5 * MINUTE
const forgotten = new WeakMap<Store, number>()

/** Keeps what bodies say, each once. Called in a transaction. */
export async function keepBodies(ground: Ground, bodies: readonly Body[]): Promise<void> {
  const { store } = ground
  const fresh = await freshOf(store, bodies)
  if (fresh.length === 0) return
  const indicators = await settledIndicators(ground, fresh[0]!.now)
  await keepSpanMinutes(store, fresh)
  await keepOperations(store, fresh)
  await keepCalls(store, fresh)
  await keepPatterns(store, fresh)
  await keepRevealed(store, fresh)
  await keepSamples(ground, fresh, indicators)
  await forgetBodies(store, fresh[0]!.now)
}

/** Those that were not counted within the last hour; of equal ones the first. */
async function freshOf(store: Store, bodies: readonly Body[]): Promise<Body[]> {
  const byHash = new Map(bodies.toReversed().map((body) => [body.hash, body]))
  const rows = await store.query<{ hash: string }>(sql`
    insert into telemetry_body as b (hash, at)
    select r.hash, r.at from json_to_recordset(${written([...byHash.values()].map(({ hash, now }) => ({ hash, at: now })))}::json) as r(hash text, at timestamptz)
    on conflict (hash) do update set at = excluded.at where b.at < excluded.at - interval '1 hour'
    returning hash`)
  return rows.map(({ hash }) => byHash.get(hash)!)
}

async function keepRevealed(store: Store, bodies: readonly Body[]): Promise<void> {
  const days = new Map<string, { service: string; signal: string; day: string; items: number; at: number }>()
  for (const { revealed } of bodies)
    for (const { service, signal, items, lastAt } of revealed.values()) {
      const day = formatDay(lastAt)
      const key = `${service}\n${signal}\n${day}`
      const found = days.get(key)
      if (!found) days.set(key, { service, signal, day, items, at: lastAt })
      else {
        found.items += items
        found.at = Math.max(found.at, lastAt)
      }
    }
  if (days.size === 0) return
  await store.query(sql`
    insert into telemetry_signal as s (service, signal, day, items, last_at)
    select r.service, r.signal, r.day, r.items, r.at
    from json_to_recordset(${written([...days.values()])}::json) as r(service text, signal text, day date, items bigint, at timestamptz)
    order by 1, 2, 3
    on conflict (service, signal, day) do update set items = s.items + excluded.items, last_at = greatest(s.last_at, excluded.last_at)`)
}

async function forgetBodies(store: Store, now: number): Promise<void> {
  if (now - (forgotten.get(store) ?? 0) < FORGET_EVERY) return
  forgotten.set(store, now)
  await store.query(sql`delete from telemetry_body where at < ${instant(now - REMEMBERED)}`)
}
