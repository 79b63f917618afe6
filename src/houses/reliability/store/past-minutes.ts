import { DAY, HOUR, type Instant } from '../../../ground/core/index.ts'
import { countedSamples } from '../../../ground/ledger/index.ts'
import { instantText, sql, type Store } from '../../../ground/store/index.ts'
import { Hours, keyOf, touching } from '../evidence/index.ts'
import { nameOf, type SliAsk } from './asks.ts'
import type { Slots } from './kept.ts'

/** An hour of an indicator of which only the sums are kept. */
export interface BareHour extends SliAsk {
  hour: Instant
}

/** Minutes of the hours of a day, and of which samples they were derived. */
interface Day {
  signature: string
  hours: Map<Instant, Slots | null>
}

/** Days that are remembered, at some 25 kB each: those of seven promises about a year. */
const MOST_DAYS = 2_000
const remembered = new WeakMap<Store, Map<string, Day>>()

/**
 * Minutes of hours that are not kept any more, from their samples. A year of them takes seconds, so they are remembered by day
 * for as long as no sample of the day, or of the one before that may reach into it, changes.
 * @returns null where samples of the hour are not kept any more, either
 */
export async function pastMinutes(store: Store, bare: readonly BareHour[]): Promise<(one: BareHour) => Slots | null> {
  const days = remembered.get(store) ?? new Map<string, Day>()
  remembered.set(store, days)
  const signatureOf = await signaturesOf(store, bare)
  const found = new Map<string, Slots | null>()
  const missing: BareHour[] = []
  for (const one of bare) {
    const day = days.get(dayOf(one))
    const slots = day?.signature === signatureOf(one) ? day.hours.get(one.hour) : undefined
    if (slots === undefined) missing.push(one)
    else found.set(hourName(one), slots)
  }
  for (const [one, slots] of await derived(store, missing)) {
    found.set(hourName(one), slots)
    remember(days, one, signatureOf(one), slots)
  }
  return (one) => found.get(hourName(one)) ?? null
}

function hourName({ subject, indicator, hour }: BareHour): string {
  return keyOf(subject, indicator, hour)
}

function dayOf(one: BareHour): string {
  return `${Math.floor(one.hour / DAY)} ${nameOf(one)}`
}

function remember(days: Map<string, Day>, one: BareHour, signature: string, slots: Slots | null): void {
  const name = dayOf(one)
  const before = days.get(name)
  days.delete(name)
  const day = before?.signature === signature ? before : { signature, hours: new Map<Instant, Slots | null>() }
  day.hours.set(one.hour, slots)
  days.set(name, day)
  if (days.size > MOST_DAYS) days.delete(days.keys().next().value!)
}

/** A word for the samples that may tell of a day: another one once any of them is told, revised, taken back or forgotten. */
async function signaturesOf(store: Store, bare: readonly BareHour[]): Promise<(one: BareHour) => string> {
  const spans = [...Map.groupBy(bare, nameOf).values()].map((some) => {
    const hours = some.map(({ hour }) => hour)
    const { subject, indicator } = some[0]!
    const from = hours.reduce((least, hour) => Math.min(least, hour), Infinity)
    const to = hours.reduce((most, hour) => Math.max(most, hour), -Infinity)
    return { subject, indicator, from: instantText(Math.floor(from / DAY) * DAY - DAY), to: instantText(to + HOUR) }
  })
  const rows = await store.query<{ subject: string; indicator: string; day: number; word: string }>(sql`
    select a.subject, a.indicator, e.day, e.word from json_to_recordset(${JSON.stringify(spans)}::json)
      as a(subject text, indicator text, "from" timestamptz, "to" timestamptz)
    cross join lateral (
      select floor(date_part('epoch', e.hour) / 86400)::int as day,
        concat_ws('/', count(*), max(e.learned_from), sum(e.good), sum(e.total), sum(pg_column_size(e.samples))) as word
      from evidence_sli e where e.subject = a.subject and e.indicator = a.indicator and e.hour >= a."from" and e.hour < a."to" group by 1) e`)
  const words = new Map(rows.map((row) => [`${row.day} ${nameOf(row)}`, row.word]))
  return (one) => {
    const day = Math.floor(one.hour / DAY)
    return [day - 1, day].map((at) => words.get(`${at} ${nameOf(one)}`) ?? '').join(' ')
  }
}

async function derived(store: Store, bare: readonly BareHour[]): Promise<Map<BareHour, Slots | null>> {
  if (bare.length === 0) return new Map()
  const hours = new Hours()
  const forgotten = new Set<string>()
  for (const samples of await countedSamples(store, touching(bare))) {
    hours.addAll(samples)
    for (const { hour } of samples.forgotten) forgotten.add(keyOf(samples.subject, samples.indicator, hour))
  }
  return new Map(
    bare.map((one) => {
      const slots = forgotten.has(hourName(one)) ? undefined : hours.get(one.subject, one.indicator, one.hour)
      return [one, slots ? { first: 0, good: slots.good, total: slots.total } : null]
    }),
  )
}
