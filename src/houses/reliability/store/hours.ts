import type { Store } from '../../../ground/store/index.ts'
import { hourOf, spreadOver } from '../evidence/index.ts'
import type { KnownSpan } from './asks.ts'
import { earlierHours } from './earlier.ts'
import { hoursBetween } from './grain.ts'
import { type Kept, keptOf, type SpanReading } from './kept.ts'
import { pastMinutes } from './past-minutes.ts'

/**
 * What is read of indicators, for spans as known at moments of their own. Each is read once, however many spans and moments
 * are asked. As of an earlier moment what was learned later is not in it: hours somebody told of since are derived from the
 * samples known then, by the same functions, and all others are as they are kept. Minutes that are not kept any more are
 * derived the same way as long as their samples are.
 * @returns per reading, what it holds for one of its spans
 */
export async function hoursOf(store: Store, readings: readonly SpanReading[]): Promise<((span: KnownSpan) => Kept)[]> {
  const kept = await keptOf(store, readings)
  await withMinutes(store, readings, kept)
  const earlier = await earlierHours(store, readings)
  return kept.map((now, place) => (span) => {
    const otherwise = earlier(place, span)
    if (otherwise === null) return now
    const standing = hoursBetween(now.hours, hourOf(span.from), span.to).filter(({ hour }) => !otherwise.has(hour))
    const derived = [...otherwise.values()].filter((row) => row !== null)
    return { ...now, hours: [...standing, ...derived].sort((a, b) => a.hour - b.hour) }
  })
}

/**
 * Gives hours the minutes that were asked for and are not kept any more: from their samples, else evenly. Of hours nobody
 * told of later these are those of any moment, too.
 */
async function withMinutes(store: Store, readings: readonly SpanReading[], kept: readonly Kept[]): Promise<void> {
  const bare = readings.flatMap(({ subject, indicator, shape: { minutes } }, place) =>
    kept[place]!.hours.filter(({ slots, hour }) => slots === null && (minutes === 'all' || minutes.has(hour))).map((row) => ({
      subject,
      indicator,
      hour: row.hour,
      row,
    })),
  )
  if (bare.length === 0) return
  const minutesOf = await pastMinutes(store, bare)
  for (const one of bare) {
    const slots = minutesOf(one)
    if (slots) one.row.slots = slots
    else Object.assign(one.row, { slots: spreadOver(one.row), spread: true })
  }
}
