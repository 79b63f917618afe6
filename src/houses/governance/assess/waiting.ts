import { HOUR, type Instant } from '../../../ground/core/index.ts'

/** Hours after a release was held at which it is asked again: each hour at first, then ever more rarely, two weeks at most. */
const HOURS = [...Array.from({ length: 24 }, (_, hour) => hour + 1), 30, 36, 42, 48, 60, 72, 96, 120, 144, 168, 216, 264, 336]

/** The same where each question is costly. */
const FEW_HOURS = [1, 4, 12, 24, 72, 168, 336]

/**
 * Moments at which a release that was held would be asked again.
 * @param costly whether budgets or measures have to be read at each of them: then it is asked more rarely
 */
export function asksAfter(at: Instant, until: Instant, costly = false): Instant[] {
  return (costly ? FEW_HOURS : HOURS).map((hours) => at + hours * HOUR).filter((moment) => moment <= until)
}

/** How long a held release would have waited. */
export interface Waiting {
  hours: number
  /** It was still held when looking ended: it would have waited at least that long. */
  atLeast: boolean
}

/** @param answers moments it was asked again at, in order, and whether it would have gone */
export function waitingOf(at: Instant, answers: readonly { at: Instant; go: boolean }[]): Waiting {
  const free = answers.find(({ go }) => go)
  const last = free ?? answers.at(-1)
  return { hours: last ? (last.at - at) / HOUR : 0, atLeast: free === undefined }
}
