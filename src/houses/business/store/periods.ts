import { bucketsOf, DAY, type Instant, Refusal, type Window } from '../../../ground/core/index.ts'

export type Interval = 'day' | 'week' | 'month'

/** Days of the longest interval, with some to spare. */
const LONGEST: Record<Interval, number> = { day: 2, week: 8, month: 32 }
const MOST_PERIODS = 5_000

/** Intervals of a calendar, without a gap. */
export interface Calendar {
  /** Where each begins; the last one ends at the last border. */
  borders: readonly Instant[]
  /** Place of the interval a moment lies in, from 1 on; as `width_bucket` counts. */
  placeOf(at: Instant): number
  /** The last interval that is over by a moment; 0 when none is. */
  lastOver(by: Instant): number
}

/** The days, weeks or months of a zone that touch a window. Where clocks change, they keep their real length. */
export function calendarOf(window: Window, interval: Interval, zone: string): Calendar {
  // The first bucket may be a part; the second begins where an interval does.
  const wide = bucketsOf({ from: window.from - LONGEST[interval] * DAY, to: window.to + LONGEST[interval] * DAY }, interval, zone)
  const begins = wide.slice(1).map(({ from }) => from)
  const first = begins.findLastIndex((from) => from <= window.from)
  const end = begins.findIndex((from) => from >= window.to)
  const borders = begins.slice(first, end + 1)
  if (borders.length > MOST_PERIODS)
    throw new Refusal('business.too_many_periods', `This window has ${borders.length} times a ${interval}.`, {
      fix: 'Choose a shorter window or a longer interval.',
      path: 'from',
    })
  const placeOf = (at: Instant) => borders.findLastIndex((border) => border <= at) + 1
  return { borders, placeOf, lastOver: (by) => Math.max(0, placeOf(by) - 1) }
}
