import { DAY, formatInstant, HOUR, type Instant, type Window } from '../../../ground/core/index.ts'
import { countedSamples } from '../../../ground/ledger/index.ts'
import { instant, sql, type Statement, type Store } from '../../../ground/store/index.ts'
import { hourOf, Hours, keyOf, reachesOver, sumsOfHour } from '../evidence/index.ts'
import type { SliAsk } from './asks.ts'

/** An hour of an indicator: its sums, and its minutes where they were asked for and are kept. */
export interface HourRow {
  hour: Instant
  good: number
  total: number
  minutes: number
  until: number
  slots: { good: readonly (number | null)[]; total: readonly (number | null)[] } | null
}

/**
 * Hours of indicators in a span as known at a moment, in order. As of an earlier moment what was learned later is not in
 * them: hours somebody told of since are derived from the samples known then, by the same functions, and all others are
 * as they are kept.
 * @param slotsOf hours whose minutes are wanted; all when left out
 * @returns per ask
 */
export async function hoursOf(
  store: Store,
  asks: readonly SliAsk[],
  window: Window,
  asOf: Instant | null,
  slotsOf?: readonly Instant[],
): Promise<HourRow[][]> {
  const span = { from: hourOf(window.from), to: window.to }
  const kept = await keptHours(store, asks, span, slotsOf)
  const then = asOf === null ? null : await earlierHours(store, asks, span, asOf)
  return asks.map(({ subject, indicator }, place) => {
    const rows = kept.get(place) ?? []
    if (!then) return rows
    const standing = rows.filter(({ hour }) => !then.told.has(keyOf(subject, indicator, hour)))
    const derived = then.hours
      .all()
      .filter((slots) => slots.subject === subject && slots.indicator === indicator && then.told.has(keyOf(subject, indicator, slots.hour)))
      .filter(({ hour }) => hour >= span.from && hour < span.to)
      .map((slots): HourRow => ({ hour: slots.hour, ...sumsOfHour(slots), slots }))
    return [...standing, ...derived].sort((a, b) => a.hour - b.hour)
  })
}

async function keptHours(
  store: Store,
  asks: readonly SliAsk[],
  { from, to }: Window,
  slotsOf?: readonly Instant[],
): Promise<Map<number, HourRow[]>> {
  const wanted = slotsOf ? sql`h.hour = any(${slotsOf.map(formatInstant)}::timestamptz[])` : sql`true`
  const rows = await store.query<Omit<HourRow, 'slots'> & { ask: number; g: (number | null)[] | null; t: (number | null)[] | null }>(sql`
    select a.ask, h.hour, h.good, h.total, h.minutes, h.until,
      case when ${wanted} then coalesce(h.good_small::double precision[], h.good_whole::double precision[], h.good_exact) end as g,
      case when ${wanted} then coalesce(h.total_small::double precision[], h.total_whole::double precision[], h.total_exact) end as t
    from ${asksOf(asks)} cross join lateral (
      select * from sli_hour h where h.subject = a.subject and h.indicator = a.indicator and h.hour >= ${instant(from)} and h.hour < ${instant(to)}
      order by h.hour offset 0) h`)
  const hours = new Map<number, HourRow[]>()
  for (const { ask, g, t, ...row } of rows) {
    const slots = g && t ? { good: g, total: t } : null
    const known = hours.get(ask)
    if (known) known.push({ ...row, slots })
    else hours.set(ask, [{ ...row, slots }])
  }
  return hours
}

/** The hours somebody told of after a moment, and what was known of them by then. */
async function earlierHours(
  store: Store,
  asks: readonly SliAsk[],
  { from, to }: Window,
  asOf: Instant,
): Promise<{ told: Set<string>; hours: Hours }> {
  // A sample may reach over into the next day; where later ones do, so do the hours that have to be derived.
  const later = await store.query<{ subject: string; indicator: string; hour: Instant; reaches: boolean }>(sql`
    select e.subject, e.indicator, e.hour, bool_or(${reachesOver(sql`e`)}) as reaches from ${asksOf(asks)}
    join evidence_sli e on e.subject = a.subject and e.indicator = a.indicator and e.hour >= ${instant(from - DAY)} and e.hour < ${instant(to)}
    where e.learned_from > ${instant(asOf)} group by 1, 2, 3`)
  const told = new Set<string>()
  for (const { subject, indicator, hour, reaches } of later)
    for (let at = hour; at <= hour + (reaches ? DAY : 0); at += HOUR) told.add(keyOf(subject, indicator, at))
  const hours = new Hours()
  if (told.size === 0) return { told, hours }
  const first = Math.min(...later.map(({ hour }) => hour))
  const known = sql`c.learned_from <= ${instant(asOf)} and c.ctid = any(array(
    select e.ctid from ${asksOf(asks)} join evidence_sli e on e.subject = a.subject and e.indicator = a.indicator
      and e.hour >= ${instant(first - DAY)} and e.hour < ${instant(to)} and (e.hour >= ${instant(first)} or ${reachesOver(sql`e`)})))`
  for (const samples of await countedSamples(store, known)) hours.addAll(samples)
  return { told, hours }
}

function asksOf(asks: readonly SliAsk[]): Statement {
  const rows = asks.map(({ subject, indicator }, ask) => ({ ask, subject, indicator }))
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as a(ask integer, subject text, indicator text)`
}
