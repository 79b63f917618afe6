import { HOUR, type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'
import type { Store } from '../../../ground/store/index.ts'
import { hourOf } from '../evidence/index.ts'
import { nameOf, NO_SUMS, rounded, type SliAsk, type SliSums, type SpanAsk } from './asks.ts'
import { type Grains, hoursBetween } from './grain.ts'
import { hoursOf } from './hours.ts'
import type { HourRow, Kept, SpanReading } from './kept.ts'
import { isIn, type Shape, shapeOf } from './shape.ts'

/**
 * Good and total events of every ask in every span, as known at a moment (null: now): from days, hours and the minutes at
 * the borders; as of an earlier moment from hours and minutes. A minute belongs to the span it begins in.
 * @returns per ask, per span; zero minutes where nothing was said
 */
export async function sumsOf(store: Store, asks: readonly SliAsk[], spans: readonly Window[], asOf: Instant | null): Promise<SliSums[][]> {
  const shape = shapeOf(spans, { hourByHour: asOf !== null })
  const known = spans.map(({ from, to }) => ({ from, to, asOf }))
  return sumsIn(
    store,
    asks.map(({ subject, indicator }) => ({ subject, indicator, shape, asks: known })),
  )
}

/** The same where each ask has a span and a moment of its own. */
export async function sumsOfEach(store: Store, asks: readonly SpanAsk[]): Promise<SliSums[]> {
  const groups = [...Map.groupBy(asks, (ask) => `${ask.asOf === null} ${nameOf(ask)}`).values()]
  const shapes = new Map<string, Shape>()
  const readings = groups.map((group): SpanReading => {
    const { subject, indicator, asOf } = group[0]!
    const key = `${asOf === null} ${group.map(({ from, to }) => `${from}/${to}`).join(' ')}`
    if (!shapes.has(key)) shapes.set(key, shapeOf(group, { hourByHour: asOf !== null }))
    return { subject, indicator, shape: shapes.get(key)!, asks: group }
  })
  const sums = await sumsIn(store, readings)
  const found = new Map(groups.flatMap((group, n) => group.map((ask, place) => [ask, sums[n]![place]!] as const)))
  return asks.map((ask) => found.get(ask)!)
}

async function sumsIn(store: Store, readings: readonly SpanReading[]): Promise<SliSums[][]> {
  if (readings.every(({ asks }) => asks.length === 0)) return readings.map(() => [])
  const kept = await hoursOf(store, readings)
  return readings.map(({ shape, asks }, place) => shape.spans.map((grains, n) => sumOf(grains, kept[place]!(asks[n]!))))
}

function sumOf({ days, hours, minutes }: Grains, kept: Kept): SliSums {
  const sums: SliSums = { ...NO_SUMS }
  for (const day of days) for (const summed of kept.days) if (isIn(summed, day)) add(sums, summed, summed.lastAt)
  for (const span of hours) {
    for (const summed of kept.sums) if (isIn(summed, span)) add(sums, summed, summed.lastAt)
    for (const row of hoursBetween(kept.hours, span.from, span.to)) add(sums, row, row.hour + row.until * MINUTE)
  }
  for (const span of minutes)
    for (const row of hoursBetween(kept.hours, hourOf(span.from), span.to)) {
      const part = partOf(row, span)
      if (part.minutes > 0) add(sums, part, row.hour + part.until * MINUTE)
      if (row.spread) sums.grain = 'hour'
    }
  return rounded(sums)
}

function add(sums: SliSums, { good, total, minutes }: Omit<SliSums, 'lastAt' | 'grain'>, lastAt: Instant | null): void {
  sums.good += good
  sums.total += total
  sums.minutes += minutes
  sums.lastAt = Math.max(sums.lastAt ?? -Infinity, lastAt ?? -Infinity)
}

/** What the minutes of an hour that begin in a span hold. */
function partOf({ hour, slots }: HourRow, { from, to }: Window): Pick<HourRow, 'good' | 'total' | 'minutes' | 'until'> {
  const part = { good: 0, total: 0, minutes: 0, until: 0 }
  if (!slots) return part
  const end = Math.min(Math.min(HOUR, to - hour) / MINUTE - slots.first, slots.total.length)
  for (let place = Math.max(0, (from - hour) / MINUTE - slots.first); place < end; place++) {
    const total = slots.total[place]
    if (total === null || total === undefined) continue
    part.good += slots.good[place] ?? 0
    part.total += total
    part.minutes += 1
    part.until = slots.first + place + 1
  }
  return part
}
