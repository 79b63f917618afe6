import { type Instant, type Ref } from '../../../ground/core/index.ts'
import { instant, instantText, recordset, sql, type Statement, type Store } from '../../../ground/store/index.ts'
import { hasMoreGood, type HourSlots, keyOf, LARGEST_SMALL, sizeOf, type SlotSize, sumsOfHour } from './slots.ts'

/** Names one hour of one indicator. */
export interface HourKey {
  subject: Ref
  indicator: string
  hour: Instant
}

const SLOTS = ['good_small', 'total_small', 'good_whole', 'total_whole', 'good_exact', 'total_exact']
const COLUMNS = sql`subject, indicator, hour, good, total, minutes, until, more_good, ${sql.join(SLOTS.map((slots) => sql.ref(slots)))}`

/**
 * Adds whole counts to hours, minute by minute, and gives the hours it cannot add to: those that hold other counts than
 * whole ones, or very large ones, or none, or a minute with more good events than all. One minute more of an hour that is there, as samples mostly come, is set in its place
 * (a third of the time of putting the minutes of both together).
 */
export async function addToHours(store: Store, hours: readonly HourSlots[]): Promise<HourKey[]> {
  let rest = [...hours]
  for (const size of ['small', 'whole'] as const) {
    const single = rest.filter(({ good }) => good.filter((value) => value !== null).length === 1)
    if (single.length > 0) rest = without(rest, await addMinutes(store, single, size))
  }
  return rest.length > 0 ? without(rest, await joinHours(store, rest)) : []
}

/** Adds to hours whose slots are of a size, where the counts stay within it. */
async function addMinutes(store: Store, hours: readonly HourSlots[], size: Exclude<SlotSize, 'exact'>): Promise<HourKey[]> {
  const rows = hours.map(({ subject, indicator, hour, good, total }) => ({
    subject,
    indicator,
    hour: instantText(hour),
    place: total.length,
    good: good.at(-1),
    total: total.at(-1),
  }))
  const [goods, totals] = [sql.ref(`good_${size}`), sql.ref(`total_${size}`)]
  const [good, total] = [sql`coalesce(h.${goods}[r.place], 0) + r.good`, sql`coalesce(h.${totals}[r.place], 0) + r.total`]
  const fits = size === 'small' ? sql`greatest(${good}, ${total}) <= ${LARGEST_SMALL}::integer` : CAN_BE_ADDED_TO
  return store.query<HourKey>(sql`
    update sli_hour h set good = h.good + r.good, total = h.total + r.total, until = greatest(h.until, r.place),
      ${goods}[r.place] = ${good}, ${totals}[r.place] = ${total},
      minutes = h.minutes + case when h.${totals}[r.place] is null then 1 else 0 end,
      more_good = case when h.more_good is not null then ${good} > ${total} end
    from ${recordset(rows, sql`subject text, indicator text, hour timestamptz, place integer, good integer, total integer`)} r
    where h.subject = r.subject and h.indicator = r.indicator and h.hour = r.hour and h.${totals} is not null and ${fits} and h.until > 0
      and h.more_good is not true
    returning h.subject, h.indicator, h.hour`)
}

async function joinHours(store: Store, hours: readonly HourSlots[]): Promise<HourKey[]> {
  const slots = (row: string, of: string) => sql`coalesce(${sql.ref(`${row}.${of}_small`)}::integer[], ${sql.ref(`${row}.${of}_whole`)})`
  return store.query<HourKey>(sql`
    insert into sli_hour as h (${COLUMNS})
    select ${COLUMNS} from ${rowsOf(hours)}
    on conflict (subject, indicator, hour) do update set
      good = h.good + excluded.good, total = h.total + excluded.total, until = greatest(h.until, excluded.until),
      (good_small, total_small, good_whole, total_whole, minutes, more_good) = (
        select case when small then goods::smallint[] end, case when small then totals::smallint[] end,
          case when not small then goods end, case when not small then totals end, minutes,
          case when h.more_good is not null then more_good end
        from (
          select array_agg(good order by place) as goods, array_agg(total order by place) as totals, count(total) as minutes,
            coalesce(max(greatest(good, total)) <= ${LARGEST_SMALL}::integer, true) as small, coalesce(bool_or(good > total), false) as more_good
          from (
            select coalesce(a.good + a.more_good, a.good, a.more_good) as good, coalesce(a.total + a.more_total, a.total, a.more_total) as total, place
            from unnest(${slots('h', 'good')}, ${slots('excluded', 'good')}, ${slots('h', 'total')}, ${slots('excluded', 'total')}) with ordinality
              as a(good, more_good, total, more_total, place)) slot) joined)
      where ${CAN_BE_ADDED_TO} and h.more_good is not true and excluded.more_good is not true and (excluded.total_small is not null or excluded.total_whole is not null)
    returning subject, indicator, hour`)
}

/** Below this no sum of two counts is too large for an integer. */
const CAN_BE_ADDED_TO = sql`(h.total_small is not null or h.total_whole is not null) and h.total < 1000000000 and h.good < 1000000000`

function without(hours: readonly HourSlots[], done: readonly HourKey[]): HourSlots[] {
  if (done.length === 0) return [...hours]
  const names = new Set(done.map(({ subject, indicator, hour }) => keyOf(subject, indicator, hour)))
  return hours.filter(({ subject, indicator, hour }) => !names.has(keyOf(subject, indicator, hour)))
}

/** Writes hours as they are now, whatever they were. */
export async function putHours(store: Store, hours: readonly HourSlots[]): Promise<void> {
  if (hours.length === 0) return
  await store.query(sql`insert into sli_hour (${COLUMNS}) select ${COLUMNS} from ${rowsOf(hours)}`)
}

export async function deleteHours(store: Store, keys: readonly HourKey[]): Promise<void> {
  if (keys.length === 0) return
  await store.query(
    sql`delete from sli_hour h using ${keysOf(keys)} where h.subject = k.subject and h.indicator = k.indicator and h.hour = k.hour`,
  )
}

/** Adds the days of these hours up again. */
export async function sumDays(store: Store, keys: readonly HourKey[]): Promise<void> {
  if (keys.length === 0) return
  // No day has less than one hour: one of which nothing is left goes.
  await store.query(sql`
    with touched as (select distinct k.subject, k.indicator, date_trunc('day', k.hour) as day from ${keysOf(keys)}),
    summed as (
      select t.subject, t.indicator, t.day, d.* from touched t cross join lateral (
        select sum(h.good order by h.hour) as good, sum(h.total order by h.hour) as total, sum(h.minutes) as minutes,
          max(h.hour + make_interval(mins => h.until)) as last_at
        from sli_hour h where h.subject = t.subject and h.indicator = t.indicator and h.hour >= t.day and h.hour < t.day + interval '1 day') d
    ), gone as (
      delete from sli_day d using summed s where s.minutes is null and d.subject = s.subject and d.indicator = s.indicator and d.day = s.day
    )
    insert into sli_day (subject, indicator, day, good, total, minutes, last_at)
    select subject, indicator, day, good, total, minutes, last_at from summed where minutes is not null
    on conflict (subject, indicator, day) do update set
      good = excluded.good, total = excluded.total, minutes = excluded.minutes, last_at = excluded.last_at`)
}

/** Deletes hours and days of a subject in a span of whole days. */
export async function clearSpan(store: Store, subject: Ref, from: Instant, to: Instant): Promise<void> {
  const { rows, days } = {
    rows: sql`hour >= ${instant(from)} and hour < ${instant(to)}`,
    days: sql`day >= ${instant(from)} and day < ${instant(to)}`,
  }
  await store.query(sql`delete from sli_hour where subject = ${subject} and ${rows}`)
  await store.query(sql`delete from sli_day where subject = ${subject} and ${days}`)
}

function keysOf(keys: readonly HourKey[]): Statement {
  const rows = keys.map(({ subject, indicator, hour }) => ({ subject, indicator, hour: instantText(hour) }))
  return sql`${recordset(rows, sql`subject text, indicator text, hour timestamptz`)} k`
}

function rowsOf(hours: readonly HourSlots[]): Statement {
  const rows = hours.map((slots) => {
    const { subject, indicator, hour, good, total } = slots
    const size = sizeOf(slots)
    // An hour of forgotten samples alone has sums only: no slots, so that late ones can be added.
    return {
      subject,
      indicator,
      hour: instantText(hour),
      ...sumsOfHour(slots),
      more_good: hasMoreGood(slots),
      [`good_${size}`]: good,
      [`total_${size}`]: total,
    }
  })
  // Hours that are older than minutes are kept have none.
  const kept = SLOTS.map((slots) => sql`case when g.minutes_since is null then ${sql.ref(`given.${slots}`)} end as ${sql.ref(slots)}`)
  return sql`(
    select subject, indicator, hour, good, total, minutes, until, more_good, ${sql.join(kept)} from json_to_recordset(${JSON.stringify(rows)}::json)
      as given(subject text, indicator text, hour timestamptz, good double precision, total double precision, minutes smallint, until smallint,
        more_good boolean, good_small smallint[], total_small smallint[], good_whole integer[], total_whole integer[], good_exact double precision[],
        total_exact double precision[])
    left join sli_grain g on given.hour < g.minutes_since) r`
}
