import { HOUR, type Instant, MINUTE } from '../../../ground/core/index.ts'
import { instant, sql, type Store } from '../../../ground/store/index.ts'
import { hourOf } from '../evidence/index.ts'
import type { SliAsk } from './asks.ts'

/** The longest span that is bounded: of longer ones the sums are read as fast. */
export const LONGEST_BOUNDED = 6 * HOUR

/** Between what the events of a span lie: no more bad ones, and no fewer in all. */
export interface Bound {
  bad: number
  total: number
}

/**
 * Bounds of what indicators counted in spans that end at a moment, told from whole hours without reading a minute: bad events of
 * every hour the span touches, all events of the hours that lie in it.
 * @param lengths of the spans, none longer than `LONGEST_BOUNDED`
 * @returns per ask, per span; null where some minute may have lost more than its hour
 */
export async function boundsOf(
  store: Store,
  asks: readonly SliAsk[],
  lengths: readonly number[],
  to: Instant,
): Promise<(readonly Bound[] | null)[]> {
  if (asks.length === 0 || lengths.length === 0) return asks.map(() => [])
  const at = (moment: Instant) => sql`${instant(moment)}`
  const bad = lengths.map((length) => sql`sum(total - good) filter (where hour >= ${at(hourOf(to - length))})`)
  const total = lengths.map(
    (length) =>
      sql`sum(total) filter (where hour >= ${at(to - length)} and (hour < ${at(hourOf(to))} or until <= ${(to - hourOf(to)) / MINUTE}::integer))`,
  )
  const columns = [
    ...bad.map((sum, n) => sql`${sum} as ${sql.ref(`bad${n}`)}`),
    ...total.map((sum, n) => sql`${sum} as ${sql.ref(`total${n}`)}`),
  ]
  const names = lengths.flatMap((_, n) => [`bad${n}`, `total${n}`])
  const [found] = await store.query<Record<string, number[]> & { known: boolean[] }>(sql`
    select array_agg(place) as place, array_agg(known) as known, ${sql.join(names.map((name) => sql`array_agg(coalesce(${sql.ref(name)}, 0)) as ${sql.ref(name)}`))}
    from unnest(${asks.map(({ subject }) => subject)}::text[], ${asks.map(({ indicator }) => indicator)}::text[])
      with ordinality as a(subject, indicator, place)
    cross join lateral (
      select coalesce(bool_and(more_good is false), true) as known, ${sql.join(columns)} from sli_hour h
      where h.subject = a.subject and h.indicator = a.indicator
        and h.hour >= ${at(hourOf(to - Math.max(...lengths)))} and h.hour < ${at(to)}) h`)
  const bounds: (readonly Bound[] | null)[] = asks.map(() => null)
  for (const [row, place] of found!.place!.entries())
    if (found!.known[row]) bounds[place - 1] = lengths.map((_, n) => ({ bad: found![`bad${n}`]![row]!, total: found![`total${n}`]![row]! }))
  return bounds
}
