import { type Instant, MINUTE } from '../../../ground/core/index.ts'
import type { SampleCount } from '../../../ground/ledger/index.ts'

/** What one minute gets of a sample. */
export interface Piece {
  minute: Instant
  good: number
  total: number
}

/**
 * Spreads a sample over the minutes it tells of, by the time it has in each, without inventing events: whole counts stay
 * whole (the n-th minute gets what is due by its end minus what earlier ones got), a minute has no more good events than
 * events where the sample has not, and all minutes together have what the sample has. Where the events of five minutes really fell is not known:
 * evenly is the least that can be said.
 */
export function spread({ start, seconds, good, total }: SampleCount): Piece[] {
  const end = start + seconds * 1000
  const first = Math.floor(start / MINUTE) * MINUTE
  if (end <= first + MINUTE) return [{ minute: first, good, total }]
  const due = Number.isInteger(total) && Number.isInteger(good) ? Math.floor : asItIs
  const share = total === 0 ? 0 : good / total
  const pieces: Piece[] = []
  let given = { good: 0, total: 0 }
  for (let minute = first; minute < end; minute += MINUTE) {
    const isLast = minute + MINUTE >= end
    const totalDue = isLast ? total : due((total * (minute + MINUTE - start)) / (end - start))
    const goodDue = isLast ? good : due(totalDue * share)
    pieces.push({ minute, good: goodDue - given.good, total: totalDue - given.total })
    given = { good: goodDue, total: totalDue }
  }
  return pieces
}

/**
 * Minutes of an hour of which only the sums are known: its events as those of one sample, evenly over as many minutes as
 * something was said of; null where that is not known of any.
 */
export function spreadOver(hour: { hour: Instant; good: number; total: number; minutes: number; until: number }): {
  first: number
  good: (number | null)[]
  total: (number | null)[]
} | null {
  const { minutes, until } = hour
  if (minutes === 0) return null
  const slots = { first: 0, good: Array<number | null>(until).fill(null), total: Array<number | null>(until).fill(null) }
  for (const [n, { good, total }] of spread({ ...hour, start: hour.hour, seconds: minutes * 60 }).entries()) {
    const place = Math.ceil(((n + 1) * until) / minutes) - 1
    slots.good[place] = good
    slots.total[place] = total
  }
  return slots
}

function asItIs(value: number): number {
  return value
}
