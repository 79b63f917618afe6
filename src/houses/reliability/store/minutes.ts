import { HOUR, type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'
import type { Store } from '../../../ground/store/index.ts'
import type { Minutes } from '../assess/index.ts'
import { up } from './grain.ts'
import { hoursOf } from './hours.ts'
import type { SliAsk } from './asks.ts'
import { everyMinute } from './shape.ts'

/** Good and total events of an indicator by minute, as known at a moment (null: now). NaN where nothing was said. */
export async function minutesOf(store: Store, ask: SliAsk, window: Window, asOf: Instant | null): Promise<Minutes> {
  return (await minutesOfEach(store, [ask], window, asOf))[0]!
}

/** The same for several indicators at once. */
export async function minutesOfEach(store: Store, asks: readonly SliAsk[], window: Window, asOf: Instant | null): Promise<Minutes[]> {
  const from = up(window.from, MINUTE)
  const count = Math.max(0, (up(window.to, MINUTE) - from) / MINUTE)
  const shape = everyMinute({ from, to: from + count * MINUTE })
  const kept = await hoursOf(
    store,
    asks.map(({ subject, indicator }) => ({ subject, indicator, shape })),
    asOf,
  )
  return kept.map(({ hours }) => {
    const minutes: Minutes = { from, good: new Float64Array(count).fill(NaN), total: new Float64Array(count).fill(NaN) }
    for (const { hour, slots, spread } of hours) {
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
  })
}
