import { formatInstant, HOUR, type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'
import { sql, type Statement, type Store } from '../../../ground/store/index.ts'
import { sumsAsOf } from './as-of.ts'
import { NO_SUMS, rounded, type SliAsk, type SliSums, type SpanAsk } from './asks.ts'
import { grainsOf } from './grain.ts'

/**
 * Good and total events of every ask in every span, as known at a moment (null: now): one statement over days, hours and
 * the minutes at the borders, however many there are. A minute belongs to the span it begins in.
 * @returns per ask, per span; zero minutes where nothing was said
 */
export async function sumsOf(store: Store, asks: readonly SliAsk[], spans: readonly Window[], asOf: Instant | null): Promise<SliSums[][]> {
  const sums = await spanSums(store, asks, spans, crossed(asks, spans), asOf)
  return asks.map((_, ask) => spans.map((_span, span) => sums[ask * spans.length + span]!))
}

/** The same where each ask has spans of its own. */
export async function sumsOfEach(store: Store, asks: readonly SpanAsk[], asOf: Instant | null): Promise<SliSums[]> {
  const which = indexed(asks, ({ subject, indicator }) => `${subject}\n${indicator}`)
  const spans = indexed(asks, ({ from, to }) => `${from}\n${to}`)
  const pairs = asks.map((_, place) => ({ ask: which.place[place]!, span: spans.place[place]! }))
  return spanSums(store, which.distinct, spans.distinct, pairs, asOf)
}

interface SpanRow {
  ask: number
  span: number
  good: number
  total: number
  minutes: number
  last_at: Instant
}

interface Pair {
  ask: number
  span: number
}

async function spanSums(
  store: Store,
  asks: readonly SliAsk[],
  spans: readonly Window[],
  pairs: readonly Pair[],
  asOf: Instant | null,
): Promise<SliSums[]> {
  if (pairs.length === 0) return []
  if (asOf !== null)
    return sumsAsOf(
      store,
      pairs.map(({ ask, span }) => ({ ...asks[ask]!, from: spans[span]!.from, to: spans[span]!.to })),
      asOf,
    )
  const rows = await store.query(sumsStatement(asks, spans, pairs))
  const found = new Map(rows.map(({ ask, span, last_at, ...sums }) => [`${ask} ${span}`, { ...rounded(sums), lastAt: last_at }]))
  return pairs.map(({ ask, span }) => found.get(`${ask} ${span}`) ?? NO_SUMS)
}

/** The statement of `sumsOf`: sums by ask and span, none where nothing was said. */
export function sumsStatement(asks: readonly SliAsk[], spans: readonly Window[], pairs: readonly Pair[]): Statement<SpanRow> {
  const parts = spans.map(grainsOf)
  const grain = (name: 'days' | 'hours' | 'minutes') =>
    JSON.stringify(
      parts.flatMap((grains, span) => grains[name].map(({ from, to }) => ({ span, from: formatInstant(from), to: formatInstant(to) }))),
    )
  const slots = JSON.stringify(
    parts.flatMap(({ minutes }, span) =>
      minutes.map(({ from, to }) => {
        const hour = Math.floor(from / HOUR) * HOUR
        return { span, hour: formatInstant(hour), from: (from - hour) / MINUTE + 1, to: (to - hour) / MINUTE }
      }),
    ),
  )
  const every = pairs.length === asks.length * spans.length
  const part = (columns: Statement, records: Statement) =>
    every ? sql`ask a cross join ${records} ${columns}` : sql`ask a join pair using (ask) join ${records} ${columns} using (span)`
  const ofSpan = sql`as p(span integer, "from" timestamptz, "to" timestamptz)`
  return sql<SpanRow>`
    with ask as materialized (
      select * from json_to_recordset(${JSON.stringify(asks.map((ask, place) => ({ ask: place, ...ask })))}::json) as a(ask integer, subject text, indicator text)
    ), pair as materialized (
      select * from json_to_recordset(${every ? '[]' : JSON.stringify(pairs)}::json) as r(ask integer, span integer)
    ), parts as (
      select ask, span, d.* from ${part(ofSpan, sql`json_to_recordset(${grain('days')}::json)`)} cross join lateral (
        select sum(good) as good, sum(total) as total, sum(minutes) as minutes, max(last_at) as last_at from sli_day d
        where d.subject = a.subject and d.indicator = a.indicator and d.day >= p."from" and d.day < p."to") d
      union all
      select ask, span, h.* from ${part(ofSpan, sql`json_to_recordset(${grain('hours')}::json)`)} cross join lateral (
        select sum(good), sum(total), sum(minutes), max(hour + make_interval(mins => until)) from sli_hour h
        where h.subject = a.subject and h.indicator = a.indicator and h.hour >= p."from" and h.hour < p."to") h
      union all
      select ask, span, m.* from ${part(sql`as p(span integer, hour timestamptz, "from" integer, "to" integer)`, sql`json_to_recordset(${slots}::json)`)}
      -- Looked up one by one (offset 0): joined, the whole table is read where few of its hours are asked for.
      cross join lateral (
        select h.* from sli_hour h where h.subject = a.subject and h.indicator = a.indicator and h.hour = p.hour offset 0) h
      cross join lateral (
        select sum(s.good), sum(s.total), count(s.total), h.hour + make_interval(mins => max(p."from" + s.place)::integer - 1) from (
          select * from unnest(h.good_small[p."from":p."to"], h.total_small[p."from":p."to"]) with ordinality as n(good, total, place) where h.total_small is not null
          union all
          select * from unnest(h.good_whole[p."from":p."to"], h.total_whole[p."from":p."to"]) with ordinality as w(good, total, place) where h.total_whole is not null
          union all
          select * from unnest(h.good_exact[p."from":p."to"], h.total_exact[p."from":p."to"]) with ordinality as e(good, total, place) where h.total_exact is not null
        ) s where s.total is not null) m
    )
    select ask, span, sum(good) as good, sum(total) as total, sum(minutes)::integer as minutes, max(last_at) as last_at
    from parts where total is not null group by ask, span`
}

function crossed(asks: readonly unknown[], spans: readonly unknown[]): Pair[] {
  return asks.flatMap((_, ask) => spans.map((_span, span) => ({ ask, span })))
}

function indexed<T>(items: readonly T[], key: (item: T) => string): { distinct: T[]; place: number[] } {
  const places = new Map<string, number>()
  const distinct: T[] = []
  const place = items.map((item) => {
    const name = key(item)
    if (!places.has(name)) places.set(name, distinct.push(item) - 1)
    return places.get(name)!
  })
  return { distinct, place }
}
