import { HOUR, type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'
import type { Store } from '../../../ground/store/index.ts'
import { hourOf } from '../evidence/index.ts'
import { up } from './grain.ts'
import { type HourRow, hoursOf } from './hours.ts'
import { NO_SUMS, rounded, type SliSums, type SpanAsk } from './asks.ts'

/** The sums of `sumsOf` as they were known at an earlier moment: from hours, and the minutes at the borders. */
export async function sumsAsOf(store: Store, asks: readonly SpanAsk[], asOf: Instant): Promise<SliSums[]> {
  const groups = Map.groupBy(asks, ({ subject, indicator }) => `${subject}\n${indicator}`)
  const which = [...groups.values()].map(([first]) => ({ subject: first!.subject, indicator: first!.indicator }))
  const reach = {
    from: asks.reduce((least, { from }) => Math.min(least, from), Infinity),
    to: asks.reduce((most, { to }) => Math.max(most, to), -Infinity),
  }
  const borders = [...new Set(asks.flatMap(({ from, to }) => [hourOf(up(from, MINUTE)), hourOf(up(to, MINUTE))]))]
  const hours = await hoursOf(store, which, reach, asOf, borders)
  const rowsOf = new Map([...groups.keys()].map((key, place) => [key, hours[place]!]))
  return asks.map(({ subject, indicator, ...span }) => sumOf(rowsOf.get(`${subject}\n${indicator}`)!, span))
}

function sumOf(rows: readonly HourRow[], window: Window): SliSums {
  const span = { from: up(window.from, MINUTE), to: up(window.to, MINUTE) }
  let sums = { ...NO_SUMS }
  for (const row of rows) {
    if (row.hour + HOUR <= span.from || row.hour >= span.to) continue
    const whole = row.hour >= span.from && row.hour + HOUR <= span.to
    const { good, total, minutes, until } = whole ? row : partOf(row, span)
    if (!whole && minutes === 0) continue
    sums = { good: sums.good + good, total: sums.total + total, minutes: sums.minutes + minutes, lastAt: row.hour + until * MINUTE }
  }
  return rounded(sums)
}

/** What the minutes of an hour that begin in a span hold. */
function partOf({ hour, slots }: HourRow, { from, to }: Window): Pick<HourRow, 'good' | 'total' | 'minutes' | 'until'> {
  const part = { good: 0, total: 0, minutes: 0, until: 0 }
  if (!slots) return part
  const end = Math.min((to - hour) / MINUTE, slots.total.length)
  for (let place = Math.max(0, (from - hour) / MINUTE); place < end; place++) {
    const total = slots.total[place]
    if (total === null || total === undefined) continue
    part.good += slots.good[place] ?? 0
    part.total += total
    part.minutes += 1
    part.until = place + 1
  }
  return part
}
