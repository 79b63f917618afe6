import { DAY, HOUR, type Instant, type Window } from '../../../ground/core/index.ts'
import { countedAt, type HeldSamples, heldSamples } from '../../../ground/ledger/index.ts'
import { instantText, sql, type Statement, type Store } from '../../../ground/store/index.ts'
import { hourOf, Hours, type HourSlots, reachesOver, sumsOfHour } from '../evidence/index.ts'
import { type KnownSpan, nameOf, type SliAsk } from './asks.ts'
import { hoursBetween } from './grain.ts'
import type { HourRow, SpanReading } from './kept.ts'

/** Hours that were known otherwise at the moment of a span: null where nothing was known of one. Null where all are as they are kept. */
type Otherwise = ReadonlyMap<Instant, HourRow | null> | null

/** An indicator in all spans it is asked for as of earlier moments, and the first and last of these moments. */
interface Reach extends SliAsk, Window {
  place: number
  spans: readonly EarlierSpan[]
  asOf: Window
}

interface EarlierSpan extends Window {
  asOf: Instant
}

/**
 * What hours held at the moments that spans are asked for as of, where somebody told of them later. Most samples are told
 * within their hour, so that of these only the hour of the moment itself, and any after it, can hold later ones; those
 * that were told after their hour are looked up.
 * @returns by place of a reading, for a span of it
 */
export async function earlierHours(store: Store, readings: readonly SpanReading[]): Promise<(place: number, span: KnownSpan) => Otherwise> {
  const reaches = readings.flatMap((reading, place) => reachOf(reading, place) ?? [])
  if (reaches.length === 0) return () => null
  const late = await lateHours(store, reaches)
  const toldLater = (place: number, span: EarlierSpan) => hoursToldAfter(span, late.get(place) ?? [])
  const wanted = new Map(reaches.map((reach) => [reach, new Set(reach.spans.flatMap((span) => toldLater(reach.place, span)))]))
  const held = new Map((await samplesOf(store, wanted)).map((one) => [nameOf(one), one]))
  const derived = new Map<string, HourRow | null>()
  return (place, { asOf, ...window }) => {
    if (asOf === null) return null
    const hours = toldLater(place, { ...window, asOf })
    if (hours.length === 0) return null
    const missing = hours.filter((hour) => !derived.has(`${place} ${asOf} ${hour}`))
    for (const [hour, row] of derive(held.get(nameOf(readings[place]!)), missing, asOf)) derived.set(`${place} ${asOf} ${hour}`, row)
    return new Map(hours.map((hour) => [hour, derived.get(`${place} ${asOf} ${hour}`)!]))
  }
}

function reachOf({ subject, indicator, asks }: SpanReading, place: number): Reach | null {
  const spans = asks.flatMap(({ from, to, asOf }) => (asOf === null ? [] : { from, to, asOf }))
  if (spans.length === 0) return null
  const all = spans.reduce(
    (reach, { from, to, asOf }) => ({
      from: Math.min(reach.from, from),
      to: Math.max(reach.to, to),
      first: Math.min(reach.first, asOf),
      last: Math.max(reach.last, asOf),
    }),
    { from: Infinity, to: -Infinity, first: Infinity, last: -Infinity },
  )
  return { place, subject, indicator, spans, from: hourOf(all.from), to: all.to, asOf: { from: all.first, to: all.last } }
}

/** An hour somebody told of after it had passed: when last, and when last by samples that may reach over into later hours. */
interface LateHour {
  hour: Instant
  told: Instant
  reaching: Instant | null
}

/** By place of the indicator; what was told before the first moment asked for is left out. */
async function lateHours(store: Store, reaches: readonly Reach[]): Promise<Map<number, LateHour[]>> {
  const asked = reaches.map(({ place, subject, indicator, from, to, asOf }) => ({
    place,
    subject,
    indicator,
    from: instantText(from - DAY),
    to: instantText(to),
    since: instantText(asOf.from),
  }))
  const rows = await store.query<LateHour & { place: number }>(sql`
    select a.place, e.hour, max(e.learned_from) as told, max(e.learned_from) filter (where ${reachesOver(sql`e`)}) as reaching
    from json_to_recordset(${JSON.stringify(asked)}::json) as a(place integer, subject text, indicator text, "from" timestamptz, "to" timestamptz, since timestamptz)
    cross join lateral (
      select e.* from evidence_sli e where e.subject = a.subject and e.indicator = a.indicator and e.hour >= a."from" and e.hour < a."to"
        and e.learned_from > a.since and e.learned_from > e.hour + interval '1 hour' offset 0) e
    group by 1, 2 order by 2`)
  return Map.groupBy(rows, ({ place }) => place)
}

/** Hours of a span of which samples may have been told after its moment. */
function hoursToldAfter({ from: begin, to, asOf }: EarlierSpan, late: readonly LateHour[]): Instant[] {
  const from = hourOf(begin)
  const hours = new Set<Instant>()
  for (const { hour, told, reaching } of hoursBetween(late, from - DAY, to)) {
    if (told <= asOf) continue
    // A sample is at most a day long.
    const last = reaching !== null && reaching > asOf ? hour + DAY : hour
    for (let at = Math.max(hour, from); at <= last && at < to; at += HOUR) hours.add(at)
  }
  for (let at = Math.max(hourOf(asOf), from); at < to; at += HOUR) hours.add(at)
  return [...hours]
}

/** The samples that tell of these hours, from the day before them on where they may reach over. */
async function samplesOf(store: Store, wanted: ReadonlyMap<Reach, ReadonlySet<Instant>>): Promise<HeldSamples[]> {
  const asked = [...wanted].flatMap(([{ subject, indicator, asOf }, hours]) =>
    stretches([...hours].sort((a, b) => a - b)).map((some) => ({
      subject,
      indicator,
      from: instantText(some[0]! - DAY),
      to: instantText(some.at(-1)! + HOUR),
      hours: some.map(instantText),
      known: instantText(asOf.to),
    })),
  )
  return asked.length ? heldSamples(store, pickedBy(asked)) : []
}

/** Hours less than a day apart together, so that no row is looked at twice. */
function stretches(hours: readonly Instant[]): Instant[][] {
  const found: Instant[][] = []
  for (const hour of hours) {
    const last = found.at(-1)
    if (last && hour - DAY < last.at(-1)! + HOUR) last.push(hour)
    else found.push([hour])
  }
  return found
}

function pickedBy(asked: readonly Record<string, unknown>[]): Statement {
  return sql`c.ctid = any(array(
    select e.ctid from json_to_recordset(${JSON.stringify(asked)}::json) as a(subject text, indicator text, "from" timestamptz, "to" timestamptz, hours timestamptz[], known timestamptz)
    cross join lateral (select e.ctid from evidence_sli e where e.subject = a.subject and e.indicator = a.indicator
      and e.hour >= a."from" and e.hour < a."to" and e.learned_from <= a.known and (e.hour = any(a.hours) or ${reachesOver(sql`e`)}) offset 0) e))`
}

/** Hours from the samples known at a moment. */
function derive(held: HeldSamples | undefined, hours: readonly Instant[], asOf: Instant): Map<Instant, HourRow | null> {
  const found = new Map<Instant, HourRow | null>(hours.map((hour) => [hour, null]))
  if (!held || hours.length === 0) return found
  const reached = new Set(hours.flatMap((hour) => Array.from({ length: DAY / HOUR }, (_, back) => hour - (back + 1) * HOUR)))
  const derived = new Hours()
  derived.addAll(countedAt(held, asOf, ({ hour, reaches }) => found.has(hour) || (reaches && reached.has(hour))))
  for (const slots of derived.all()) if (found.has(slots.hour)) found.set(slots.hour, rowOf(slots))
  return found
}

function rowOf(slots: HourSlots): HourRow {
  return { hour: slots.hour, ...sumsOfHour(slots), slots: { first: 0, good: slots.good, total: slots.total } }
}
