import { type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'
import type { Store } from '../../../ground/store/index.ts'
import type { Minutes } from '../assess/index.ts'
import { up } from './grain.ts'
import { hoursOf } from './hours.ts'
import type { SliAsk } from './asks.ts'

/** Good and total events of an indicator by minute, as known at a moment (null: now). NaN where nothing was said. */
export async function minutesOf(store: Store, ask: SliAsk, window: Window, asOf: Instant | null): Promise<Minutes> {
  return (await minutesOfEach(store, [ask], window, asOf))[0]!
}

/** The same for several indicators at once. */
export async function minutesOfEach(store: Store, asks: readonly SliAsk[], window: Window, asOf: Instant | null): Promise<Minutes[]> {
  const from = up(window.from, MINUTE)
  const count = Math.max(0, (up(window.to, MINUTE) - from) / MINUTE)
  const hours = await hoursOf(store, asks, { from, to: from + count * MINUTE }, asOf)
  return hours.map((rows) => {
    const minutes: Minutes = { from, good: new Float64Array(count).fill(NaN), total: new Float64Array(count).fill(NaN) }
    for (const { hour, slots } of rows) {
      if (!slots) continue
      const start = (hour - from) / MINUTE
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
