import { DAY, type Instant } from '../../core/index.ts'
import type { ConnectionDay } from './connection.ts'

/** Days with deliveries from which on a rhythm is known. */
const RHYTHM_DAYS = 4
/** A weekend and a day off are no silence. */
const SHORTEST = 3 * DAY

/**
 * Whether a system that used to push has stopped: nothing for twice as long as its longest pause of late. With too few
 * days there is no rhythm to break, and nothing is said.
 * @param days oldest first
 */
export function isSilent(days: readonly ConnectionDay[], now: Instant): boolean {
  const times = days.flatMap(({ lastAt }) => (lastAt === null ? [] : [lastAt]))
  const last = times.at(-1)
  if (last === undefined || times.length < RHYTHM_DAYS) return false
  const pauses = times.slice(1).map((time, index) => time - times[index]!)
  return now - last > Math.max(SHORTEST, 2 * Math.max(...pauses))
}
