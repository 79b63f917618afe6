import { HOUR, type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'
import type { Store } from '../../../ground/store/index.ts'
import { hourOf } from '../evidence/index.ts'
import type { Minutes } from '../assess/index.ts'
import { nameOf, type SliAsk, type SpanAsk } from './asks.ts'
import { hoursBetween, up } from './grain.ts'
import { hoursOf } from './hours.ts'
import type { HourRow } from './kept.ts'
import { everyMinute } from './shape.ts'

/** Good and total events of an indicator by minute, as known at a moment (null: now). NaN where nothing was said. */
export async function minutesOf(store: Store, ask: SliAsk, window: Window, asOf: Instant | null): Promise<Minutes> {
  return (await minutesOfEach(store, [ask], window, asOf))[0]!
}

/** The same for several indicators at once. */
export async function minutesOfEach(store: Store, asks: readonly SliAsk[], window: Window, asOf: Instant | null): Promise<Minutes[]> {
  const minutes = await minutesAsked(
    store,
    asks.map(({ subject, indicator }) => ({ subject, indicator, from: window.from, to: window.to, asOf })),
  )
  return asks.map((_, place) => minutes(place))
}

/** The same in spans and at moments of their own, each made when it is asked for: those of a month are half a megabyte. */
export async function minutesAsked(store: Store, asks: readonly SpanAsk[]): Promise<(place: number) => Minutes> {
  const whole = asks.map((ask) => ({ ...ask, from: up(ask.from, MINUTE), to: up(ask.to, MINUTE) }))
  const groups = Map.groupBy(whole, nameOf)
  const kept = await hoursOf(
    store,
    [...groups.values()].map((group) => {
      const { subject, indicator } = group[0]!
      return { subject, indicator, shape: everyMinute(group), asks: group }
    }),
  )
  const keptAs = new Map([...groups.keys()].map((name, place) => [name, kept[place]!]))
  return (place) => {
    const ask = whole[place]!
    return minutesIn(ask, keptAs.get(nameOf(ask))!(ask).hours)
  }
}

function minutesIn({ from, to }: Window, rows: readonly HourRow[]): Minutes {
  const count = Math.max(0, (to - from) / MINUTE)
  const minutes: Minutes = { from, good: new Float64Array(count).fill(NaN), total: new Float64Array(count).fill(NaN) }
  for (const { hour, slots, spread } of hoursBetween(rows, hourOf(from), to)) {
    if (spread) minutes.spreadUntil = Math.max(minutes.spreadUntil ?? -Infinity, hour + HOUR)
    if (!slots) continue
    const start = (hour - from) / MINUTE + slots.first
    for (let place = Math.max(0, -start); place < slots.total.length && start + place < count; place++) {
      const total = slots.total[place]
      if (total === null || total === undefined) continue
      minutes.total[start + place] = total
      minutes.good[start + place] = slots.good[place] ?? 0
    }
  }
  return minutes
}
