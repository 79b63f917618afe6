import { DAY, type Instant } from '../../core/index.ts'

/** Days on which something came that are looked at, the latest. */
export const RHYTHM_DAYS = 15
/** Such days from which on a rhythm is known. */
const FEWEST_DAYS = 4
/** A weekend and a day off are no silence. */
const SHORTEST = 3 * DAY

/**
 * Whether a system that used to tell us something has stopped: nothing for twice as long as its longest pause of late. With
 * too few days there is no rhythm to break, and nothing is said. However long ago the last word was, it stays so.
 * @param times the last moment of each of its latest days on which something came, oldest first
 */
export function isSilent(times: readonly Instant[], now: Instant): boolean {
  const last = times.at(-1)
  if (last === undefined || times.length < FEWEST_DAYS) return false
  const pauses = times.slice(1).map((time, index) => time - times[index]!)
  return now - last > Math.max(SHORTEST, 2 * Math.max(...pauses))
}
