import type { Answer } from '../../api/index.ts'
import { formatCount } from '../../ui/figure/index.ts'
import { formatMoment } from '../../ui/text/index.ts'

type Status = Answer<'slo.ship'>['promises'][number]

/** How the state of a budget is called. */
export const KEPT: Record<Status['state'], string> = { met: 'Kept', at_risk: 'At risk', missed: 'Broken', unknown: 'Unknown' }

export const METHODS: Record<Status['method'], string> = {
  occurrences: 'every event counts the same',
  timeslices: 'slices of time are good or not',
  ratio_timeslices: 'the mean of slices of time',
}

/** 99.95 %; as many digits as the number needs. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6)).toLocaleString('en-GB', { maximumFractionDigits: 6 })}\u00a0%`
}

/** 3.2, 43, 1,240: minutes without a false precision. */
export function minutes(value: number): string {
  const size = Math.abs(value)
  return size < 10 ? value.toFixed(1).replace('-', '−') : formatCount(Math.round(value)).replace('-', '−')
}

/** 14, 2.5, 0.31. */
export function times(burn: number): string {
  return String(burn >= 10 ? Math.round(burn) : Number(burn.toPrecision(2)))
}

/** "3.1 of 43 min", "12 min more than the 43 allowed". */
export function leftWords({ minutesLeft, minutesTotal }: Pick<Status, 'minutesLeft' | 'minutesTotal'>): string {
  if (minutesLeft === null) return 'unknown'
  if (minutesLeft < 0) return `${minutes(-minutesLeft)}\u00a0min more than the ${minutes(minutesTotal)} allowed`
  return `${minutes(minutesLeft)} of ${minutes(minutesTotal)}\u00a0min`
}

/** When it is gone: the day, or why there is none. */
export function goneWords({ state, exhaustsAt }: Pick<Status, 'state' | 'exhaustsAt'>): string {
  if (exhaustsAt) return formatMoment(exhaustsAt)
  if (state === 'missed') return 'gone'
  return state === 'unknown' ? 'unknown' : 'lasts'
}
