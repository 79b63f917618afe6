import { DAY, HOUR, type Instant, type Window } from '../../../ground/core/index.ts'
import { countedSamples } from '../../../ground/ledger/index.ts'
import { instant, sql, type Statement, type Store } from '../../../ground/store/index.ts'
import { Hours, type HourSlots, keyOf, reachesOver, spreadOver, sumsOfHour, touching } from '../evidence/index.ts'
import type { SliAsk } from './asks.ts'
import { type HourRow, type Kept, keptOf, type Reading } from './kept.ts'

/**
 * What is read of indicators, as known at a moment (null: now). As of an earlier moment what was learned later is not in
 * it: hours somebody told of since are derived from the samples known then, by the same functions, and all others are as
 * they are kept. Minutes that are not kept any more are derived the same way as long as their samples are.
 * @returns per reading; hours in no order
 */
export async function hoursOf(store: Store, readings: readonly Reading[], asOf: Instant | null): Promise<Kept[]> {
  const kept = await keptOf(store, readings)
  if (asOf !== null) await asKnownBy(asOf, { store, readings, kept })
  await withMinutes({ store, readings, kept, asOf })
  return kept
}

interface Read {
  store: Store
  readings: readonly Reading[]
  kept: readonly Kept[]
}

/** Puts hours as they were known in place of those somebody told of since. */
async function asKnownBy(asOf: Instant, { store, readings, kept }: Read): Promise<void> {
  const spans = readings.flatMap(({ shape }) => shape.hours)
  if (spans.length === 0) return
  const reach = spans.reduce((all, { from, to }) => ({ from: Math.min(all.from, from), to: Math.max(all.to, to) }))
  const { told, hours } = await earlierHours(store, readings, reach, asOf)
  if (told.size === 0) return
  const known = Map.groupBy(
    hours.all().filter(({ subject, indicator, hour }) => told.has(keyOf(subject, indicator, hour))),
    nameOf,
  )
  for (const [place, { subject, indicator }] of readings.entries()) {
    const standing = kept[place]!.hours.filter(({ hour }) => !told.has(keyOf(subject, indicator, hour)))
    const then = known.get(nameOf({ subject, indicator })) ?? []
    kept[place]!.hours = [...standing, ...then.map(rowOf)]
  }
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
    for (let at = hour; at <= hour + (reaches ? DAY : 0); at += HOUR) if (at >= from && at < to) told.add(keyOf(subject, indicator, at))
  const hours = new Hours()
  if (told.size === 0) return { told, hours }
  const first = Math.min(...later.map(({ hour }) => hour))
  const known = sql`c.learned_from <= ${instant(asOf)} and c.ctid = any(array(
    select e.ctid from ${asksOf(asks)} join evidence_sli e on e.subject = a.subject and e.indicator = a.indicator
      and e.hour >= ${instant(first - DAY)} and e.hour < ${instant(to)} and (e.hour >= ${instant(first)} or ${reachesOver(sql`e`)})))`
  for (const samples of await countedSamples(store, known)) hours.addAll(samples)
  return { told, hours }
}

/** Gives hours the minutes that were asked for and are not kept any more: from their samples, else evenly. */
async function withMinutes({ store, readings, kept, asOf }: Read & { asOf: Instant | null }): Promise<void> {
  const bare = readings.flatMap(({ subject, indicator, shape: { minutes } }, place) =>
    kept[place]!.hours.filter(({ slots, hour }) => slots === null && (minutes === 'all' || minutes.has(hour))).map((row) => ({
      subject,
      indicator,
      hour: row.hour,
      row,
    })),
  )
  if (bare.length === 0) return
  const hours = new Hours()
  const forgotten = new Set<string>()
  const known = asOf === null ? sql`` : sql`and c.learned_from <= ${instant(asOf)}`
  for (const samples of await countedSamples(store, sql`${touching(bare)} ${known}`)) {
    hours.addAll(samples)
    for (const { hour } of samples.forgotten) forgotten.add(keyOf(samples.subject, samples.indicator, hour))
  }
  for (const { subject, indicator, row } of bare) {
    const derived = forgotten.has(keyOf(subject, indicator, row.hour)) ? undefined : hours.get(subject, indicator, row.hour)
    if (derived) row.slots = { first: 0, good: derived.good, total: derived.total }
    else Object.assign(row, { slots: spreadOver(row), spread: true })
  }
}

function rowOf(slots: HourSlots): HourRow {
  return { hour: slots.hour, ...sumsOfHour(slots), slots: { first: 0, good: slots.good, total: slots.total } }
}

function nameOf({ subject, indicator }: SliAsk): string {
  return `${subject}\n${indicator}`
}

function asksOf(asks: readonly SliAsk[]): Statement {
  const rows = asks.map(({ subject, indicator }, ask) => ({ ask, subject, indicator }))
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as a(ask integer, subject text, indicator text)`
}
