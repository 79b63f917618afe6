import { DAY, type Instant, type Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { instant, sql, type Store } from '../../../ground/store/index.ts'

/** How long hours keep their minutes. Their samples are kept as long as records are. */
export const MINUTES_KEPT = 100 * DAY
/** Indicators whose hours of a day lose their minutes in one transaction: some tens of milliseconds. */
const SLICE = 200

/** Whether hours keep minutes they need not keep any more; whole days, so that it is once a day. */
export async function anyOldMinutes({ store, clock }: Pick<Ground, 'store' | 'clock'>): Promise<boolean> {
  const [row] = await store.query<{ cleared: boolean }>(
    sql`select exists (select 1 from sli_grain where cleared_until >= ${instant(firstKept(clock()))}) as cleared`,
  )
  return !row!.cleared
}

/**
 * Takes the minutes from old hours, a day and some indicators at a time; sums stay. First it is settled from when on minutes
 * are kept, so that what is written meanwhile keeps none and no day has to be gone through again.
 */
export async function dropOldMinutes({ store, clock }: Pick<Ground, 'store' | 'clock'>): Promise<void> {
  const since = firstKept(clock())
  await store.query(sql`
    insert into sli_grain (minutes_since, cleared_until)
    select ${instant(since)}, coalesce((select min(day) from sli_day where day < ${instant(since)}), ${instant(since)})
    where not exists (select 1 from sli_grain)`)
  const [settled] = await store.query<{ cleared_until: Instant }>(
    sql`update sli_grain set minutes_since = greatest(minutes_since, ${instant(since)}) returning cleared_until`,
  )
  for (const day of await daysBetween(settled!.cleared_until, since, store)) {
    let after: Indicator | undefined = { subject: '', indicator: '' }
    while (after) after = await dropSlice(day, after, store)
    await store.query(sql`update sli_grain set cleared_until = greatest(cleared_until, ${instant(day + DAY)})`)
  }
  await store.query(sql`update sli_grain set cleared_until = greatest(cleared_until, ${instant(since)})`)
}

function firstKept(now: Instant): Instant {
  return Math.floor((now - MINUTES_KEPT) / DAY) * DAY
}

/** Days something was said of: most times there is one more than yesterday. */
async function daysBetween(from: Instant, to: Instant, store: Store): Promise<Instant[]> {
  if (to - from <= DAY) return from < to ? [from] : []
  const rows = await store.query<{ day: Instant }>(
    sql`select distinct day from sli_day where day >= ${instant(from)} and day < ${instant(to)} order by day`,
  )
  return rows.map(({ day }) => day)
}

interface Indicator {
  subject: Ref
  indicator: string
}

/** @returns the last indicator of the slice; nothing when there are no more */
async function dropSlice(day: Instant, after: Indicator, store: Store): Promise<Indicator | undefined> {
  // Each indicator is found after the one before it: reading all rows of the table for it takes a thousand times as long.
  const [last] = await store.query<Indicator>(sql`
    with recursive indicators as (
      (select subject, indicator from sli_day where (subject, indicator) > (${after.subject}, ${after.indicator}) order by 1, 2 limit 1)
      union all
      select n.subject, n.indicator from indicators i cross join lateral (
        select d.subject, d.indicator from sli_day d where (d.subject, d.indicator) > (i.subject, i.indicator) order by 1, 2 limit 1) n
    ), slice as materialized (select subject, indicator from indicators limit ${SLICE}),
    dropped as (
      update sli_hour h set good_small = null, total_small = null, good_whole = null, total_whole = null, good_exact = null, total_exact = null
      from slice s where h.subject = s.subject and h.indicator = s.indicator and h.hour >= ${instant(day)} and h.hour < ${instant(day + DAY)}
        and (h.total_small is not null or h.total_whole is not null or h.total_exact is not null)
    )
    select subject, indicator from slice order by 1 desc, 2 desc limit 1`)
  return last
}
