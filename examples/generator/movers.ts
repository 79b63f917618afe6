import { DAY, HOUR, weekday, type Year } from './calendar.ts'
import { randomOf } from './random.ts'

/** Days after which people ask support about a parcel that was scanned late. */
export const QUESTIONS_AFTER_DAYS = 3
/** Days since the portal shows help beside the form; too few yet to tell what it does. */
const HELP_DAYS = 40

/** What moves other figures of the business, or is only thought to; one value a day, `from` first. */
export interface Movers {
  /** Share of parcels scanned after their van had left. */
  lateScans: number[]
  /** Share of visits to the portal that book a parcel. */
  booking: number[]
  /** Help texts opened; only of the last days. */
  helpOpened: { day: number; opened: number }[]
}

export function moversOf(seed: number, { from, to }: Year): Movers {
  const random = randomOf(seed, 'movers')
  const movers: Movers = { lateScans: [], booking: [], helpOpened: [] }
  let late = 0
  for (let day = from; day < to; day += DAY) {
    late = 0.3 * late + random.between(-1, 1)
    movers.lateScans.push(Number((0.045 + (weekday(day) > 4 ? 0.01 : 0) + 0.018 * late).toFixed(4)))
    movers.booking.push(0.62 * random.between(0.975, 1.025))
    const opened = Math.round(3_000 * random.between(0.8, 1.2))
    if (day >= to - HELP_DAYS * DAY) movers.helpOpened.push({ day: day + 23 * HOUR, opened })
  }
  return movers
}
