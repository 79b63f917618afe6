import type { Instant, Window } from '../../../ground/core/index.ts'
import type { SloDuration, SloWindow } from '../intent/model.ts'

/** The span a budget is for at a moment: what has passed of it, [from, to), and when it ends. */
export interface Period extends Window {
  /** End of the calendar period; of a rolling window the moment itself. */
  end: Instant
}

const UNITS = { m: 'minutes', h: 'hours', d: 'days', w: 'weeks', M: 'months', Q: 'months', Y: 'years' } as const

/**
 * The period of a window at a moment. Calendar periods are counted from the stated start by the clock of the zone: a day
 * with a change of the clock has 23 or 25 hours, a month the days it has, and one that begins on a 31st begins on the last
 * day of shorter months (OpenSLO v1, "timeWindow"; Temporal's arithmetic, tc39.es/proposal-temporal).
 */
export function periodAt(window: SloWindow, at: Instant): Period {
  if (window.kind === 'rolling') return { from: at - window.length, to: at, end: at }
  const start = Temporal.PlainDateTime.from(window.start.replace(' ', 'T')).toZonedDateTime(window.zone)
  const begins = (n: number) => start.add(times(window.duration, n)).epochMilliseconds
  let n = Math.floor((at - begins(0)) / (begins(1) - begins(0)))
  while (begins(n) > at) n -= 1
  while (begins(n + 1) <= at) n += 1
  return { from: begins(n), to: at, end: begins(n + 1) }
}

function times({ count, unit }: SloDuration, n: number): Temporal.DurationLike {
  return { [UNITS[unit]]: count * n * (unit === 'Q' ? 3 : 1) }
}
