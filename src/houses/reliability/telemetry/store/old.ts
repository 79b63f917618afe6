import { DAY, type Instant } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { instant, sql, type Store } from '../../../../ground/store/index.ts'
import { MINUTES_KEPT } from '../take/body.ts'

/** How long hours, calls and patterns are kept. */
export const HOURS_KEPT = 100 * DAY
/** Rows that are added up at once. */
const SLICE = 20_000

/** Whether there is anything to add up or to forget. */
export async function anyOldTelemetry({ store, clock }: Ground): Promise<boolean> {
  const [row] = await store.query<{ found: boolean }>(sql`
    select exists (select from telemetry_minute where minute < ${instant(startOfOld(clock()))})
      or exists (select from telemetry_hour where hour < ${instant(clock() - HOURS_KEPT)})
      or exists (select from telemetry_call where hour < ${instant(clock() - HOURS_KEPT)})
      or exists (select from telemetry_pattern_hour where hour < ${instant(clock() - HOURS_KEPT)}) as found`)
  return row!.found
}

/** Adds old minutes up to hours, in slices, and forgets what is older than hours are kept. */
export async function ageTelemetry({ store, clock }: Ground): Promise<void> {
  const now = clock()
  while ((await addUp(store, startOfOld(now))) === SLICE);
  const before = instant(now - HOURS_KEPT)
  for (const table of ['telemetry_hour', 'telemetry_call', 'telemetry_pattern_hour'] as const)
    await store.query(sql`delete from ${sql.ref(table)} where hour < ${before}`)
  await store.query(sql`delete from telemetry_operation where last_at < ${before}`)
  await store.query(sql`delete from telemetry_pattern where last_at < ${before}`)
  await store.query(sql`delete from telemetry_host where seen_at < ${before}`)
  await store.query(sql`delete from telemetry_series where at < ${before}`)
  await store.query(sql`delete from telemetry_signal where day < ${before}::date`)
}

/** Whole hours are added up. */
function startOfOld(now: Instant): Instant {
  return Math.floor((now - MINUTES_KEPT) / 3_600_000) * 3_600_000
}

async function addUp(store: Store, before: Instant): Promise<number> {
  const [row] = await store.query<{ taken: number }>(sql`
    with old as (
      delete from telemetry_minute where ctid = any(array(select ctid from telemetry_minute where minute < ${instant(before)} limit ${SLICE}))
      returning service, operation, kind, date_trunc('hour', minute) as hour, calls, errors, durations
    ), hours as (
      insert into telemetry_hour as t (service, operation, kind, hour, calls, errors, durations)
      select service, operation, kind, hour, sum(calls), sum(errors), telemetry_sum(durations) from old group by 1, 2, 3, 4 order by 1, 2, 3, 4
      on conflict (service, operation, kind, hour) do update set
        calls = t.calls + excluded.calls, errors = t.errors + excluded.errors, durations = telemetry_add(t.durations, excluded.durations)
    )
    select count(*)::int as taken from old`)
  return row!.taken
}
