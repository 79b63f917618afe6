import { HOUR, type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'
import { instantText, sql, type Statement, type Store } from '../../../ground/store/index.ts'
import type { KnownSpan, SliAsk, SliSums } from './asks.ts'
import type { Shape } from './shape.ts'

/** An hour of an indicator: its sums, and those of its minutes that were asked for. */
export interface HourRow {
  hour: Instant
  good: number
  total: number
  minutes: number
  until: number
  slots: Slots | null
  /** Set where its minutes are not known and their events are spread evenly. */
  spread?: true
}

/** Minutes of an hour from a place on; null where nothing was said. */
export interface Slots {
  first: number
  good: readonly (number | null)[]
  total: readonly (number | null)[]
}

/** An indicator and what is read of it. */
export interface Reading extends SliAsk {
  shape: Shape
}

/** The same for spans it is asked for; those of its shape, where that has any. */
export interface SpanReading extends Reading {
  asks: readonly KnownSpan[]
}

/** What is kept of an indicator. */
export interface Kept {
  /** Of the days and hours that are summed up; none where nothing was said. */
  days: Summed[]
  sums: Summed[]
  /** In order. */
  hours: HourRow[]
}

/** Sums of a span. */
export interface Summed extends Window, SliSums {}

/** Indicators read at once: what others wait for meanwhile takes tens of milliseconds. */
const SLICE = 2_000

/** Reads hours and sums of days of indicators, all in one statement, or a few where there are thousands. */
export async function keptOf(store: Store, readings: readonly Reading[]): Promise<Kept[]> {
  const kept: Kept[] = []
  for (let at = 0; at < readings.length; at += SLICE) {
    const slice = readings.slice(at, at + SLICE)
    const found = slice.map((): Kept => ({ days: [], sums: [], hours: [] }))
    for (const columns of await store.query(keptStatement(slice))) place(columns, slice, found)
    for (const one of found) {
      one.hours.sort((a, b) => a.hour - b.hour)
      kept.push(one)
    }
  }
  return kept
}

/** Rows of one grain, a list a column: a fifth of what the same rows take one by one. */
interface Columns {
  grain: 'days' | 'sums' | 'hours'
  reading: number[] | null
  /** Place in the list of the shape; of an hour its number since 1970. */
  at: number[]
  good: number[]
  total: number[]
  minutes: number[]
  /** The minute after the last of which something was said: since 1970, of an hour in it. */
  until: number[]
  goods: (string | null)[]
  totals: (string | null)[]
}

/** The statement of `keptOf`: days and hours, each row found by the primary key. */
export function keptStatement(readings: readonly Reading[]): Statement<Columns> {
  const shapes = [...new Set(readings.map(({ shape }) => shape))]
  const number = new Map(shapes.map((shape, place) => [shape, place]))
  const summed = (of: 'days' | 'sums') =>
    JSON.stringify(shapes.flatMap((one, shape) => one[of].map((span, at) => ({ shape, at, ...texts(span) }))))
  const hours = shapes.flatMap(({ hours: spans, minutes }, shape) =>
    spans.map((span) => ({ shape, ...texts(span), ...(minutes === 'all' ? { first: [1], last: [60] } : bordersIn(span, minutes)) })),
  )
  const slots = (of: 'good' | 'total') =>
    sql.join(
      ['small', 'whole', 'exact'].map((size) => sql`h.${sql.ref(`${of}_${size}`)}[r.first[h.border]:r.last[h.border]]::text`),
      sql`, `,
    )
  return sql<Columns>`
    with reading as materialized (
      select * from unnest(${readings.map(({ subject }) => subject)}::text[], ${readings.map(({ indicator }) => indicator)}::text[],
        ${readings.map(({ shape }) => number.get(shape)!)}::integer[]) with ordinality as r(subject, indicator, shape, place)
    )
    select 'days' as grain, ${COLUMNS} from (
      select a.place as reading, r.at, d.*, null as goods, null as totals from reading a ${spansOf(summed('days'))} cross join lateral (
        select sum(good) as good, sum(total) as total, sum(minutes) as minutes, date_part('epoch', max(last_at)) / 60 as until from sli_day d
        where d.subject = a.subject and d.indicator = a.indicator and d.day >= r."from" and d.day < r."to") d
      where d.total is not null) d
    union all
    select 'sums', ${COLUMNS} from (
      select a.place as reading, r.at, h.*, null as goods, null as totals from reading a ${spansOf(summed('sums'))} cross join lateral (
        select sum(good) as good, sum(total) as total, sum(minutes) as minutes, date_part('epoch', max(hour + make_interval(mins => until))) / 60 as until from sli_hour h
        where h.subject = a.subject and h.indicator = a.indicator and h.hour >= r."from" and h.hour < r."to") h
      where h.total is not null) h
    union all
    select 'hours', ${COLUMNS} from (
      select a.place as reading, date_part('epoch', h.hour) / 3600 as at, h.good, h.total, h.minutes, h.until,
        case when h.border is not null then coalesce(${slots('good')}) end as goods,
        case when h.border is not null then coalesce(${slots('total')}) end as totals
      from reading a
      join json_to_recordset(${JSON.stringify(hours)}::json)
        as r(shape integer, "from" timestamptz, "to" timestamptz, hours timestamptz[], first integer[], last integer[]) using (shape)
      cross join lateral (
        select h.*, case when r.hours is null then 1 else array_position(r.hours, h.hour) end as border from sli_hour h
        where h.subject = a.subject and h.indicator = a.indicator and h.hour >= r."from" and h.hour < r."to" order by h.hour offset 0) h) h`
}

function spansOf(spans: string): Statement {
  return sql`join json_to_recordset(${spans}::json) as r(shape integer, at integer, "from" timestamptz, "to" timestamptz) using (shape)`
}

const COLUMNS = sql.join(
  ['reading', 'at', 'good', 'total', 'minutes', 'until', 'goods', 'totals'].map(
    (name) => sql`array_agg(${sql.ref(name)}) as ${sql.ref(name)}`,
  ),
  sql`, `,
)

function texts({ from, to }: Window): { from: string; to: string } {
  return { from: instantText(from), to: instantText(to) }
}

/** Hours of a span of which minutes are read, with the first and the last of them as PostgreSQL counts: from one on. */
function bordersIn({ from, to }: Window, minutes: Exclude<Shape['minutes'], 'all'>): { hours: string[]; first: number[]; last: number[] } {
  const borders = [...minutes].filter(([hour]) => hour >= from && hour < to)
  return {
    hours: borders.map(([hour]) => instantText(hour)),
    first: borders.map(([, places]) => places.from + 1),
    last: borders.map(([, places]) => places.to),
  }
}

function place(columns: Columns, readings: readonly Reading[], kept: readonly Kept[]): void {
  const { grain, reading, at, good, total, minutes, until, goods, totals } = columns
  for (const [n, one] of (reading ?? []).entries()) {
    const sums = { good: good[n]!, total: total[n]!, minutes: minutes[n]! }
    if (grain !== 'hours') {
      kept[one - 1]![grain].push({ ...readings[one - 1]!.shape[grain][at[n]!]!, ...sums, lastAt: Math.round(until[n]!) * MINUTE })
      continue
    }
    const hour = at[n]! * HOUR
    const wanted = readings[one - 1]!.shape.minutes
    const first = wanted === 'all' ? 0 : (wanted.get(hour)?.from ?? 0)
    const slots = totals[n] === null ? null : { first, good: slotsIn(goods[n]!), total: slotsIn(totals[n]!) }
    kept[one - 1]!.hours.push({ hour, ...sums, until: until[n]!, slots })
  }
}

/** Reads `{1,NULL,3}`. */
function slotsIn(text: string | null | undefined): (number | null)[] {
  if (!text) return []
  const slots: (number | null)[] = JSON.parse(`[${text.slice(1, -1).replaceAll('NULL', 'null')}]`)
  return slots
}
