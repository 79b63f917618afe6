/** How moments and values are written on the axes of a chart. */

/** Shorter spans are told by the hour. */
const HOURLY_MS = 2 * 86_400_000
/** Shorter ones are told by the day; longer ones the chart library divides itself. */
const DAILY_MS = 15 * 86_400_000
const DAY_MS = 86_400_000
/** Room one label takes, in pixels. */
const LABEL_WIDTH = 70
/** From here on a whole number would leave the room beside the plot. */
const COMPACT_FROM = 100_000

const HOUR_WORDS = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const DAY_WORDS = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const UTC_DAY_WORDS = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact' })

/** Marks of a time axis: hours with the day where one begins, days, or what suits a longer span. */
export function timeTicks([from, to]: readonly [Date, Date], width: number) {
  const length = to.getTime() - from.getTime()
  const most = Math.max(3, Math.floor(width / 110))
  if (length < HOURLY_MS) return { ticks: most, tickFormat: hourWords }
  if (length < DAILY_MS) {
    const days = Math.max(1, Math.ceil(length / DAY_MS / Math.max(3, Math.floor(width / LABEL_WIDTH))))
    return { ticks: days === 1 ? 'day' : `${days} days`, tickFormat: (at: Date) => UTC_DAY_WORDS.format(at) }
  }
  return { ticks: most }
}

/** Marks of a value axis that fit beside the plot: 500,000 is written 500K. */
export function valueTicks(top: number) {
  return top < COMPACT_FROM ? { ticks: 4 } : { ticks: 4, tickFormat: (value: number) => COMPACT.format(value) }
}

/** In the reader's zone, as everywhere: "19:00", and its day where a day begins. */
function hourWords(at: Date, index: number): string {
  return index === 0 || at.getHours() === 0 ? `${HOUR_WORDS.format(at)}\n${DAY_WORDS.format(at)}` : HOUR_WORDS.format(at)
}
