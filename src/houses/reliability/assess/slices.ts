import { HOUR, type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'
import type { BudgetingMethod, Objective, SilencePolicy } from '../intent/model.ts'
import type { Minutes } from './minutes.ts'

/** What each slice of a span lost, 0 (good) to 1 (all bad); NaN where nothing was said, −1 where it does not count. */
export interface Slices {
  /** Start of the first slice. */
  from: Instant
  length: number
  errors: Float64Array
}

const CUT = -1

/**
 * The slices of an objective that begin in a span and are over by its end: a slice counts when it is whole.
 * Timeslices: a slice is bad whose ratio did not reach the slice target (at least one event; OpenSLO v1, "Timeslices").
 * RatioTimeslices: it lost what its ratio lacks to one.
 * @param anchor where slices are counted from: the start of the calendar period, else 0
 * @param counting spans that are not cut out; a slice of which no minute counts does not
 */
export function slicesOf(
  minutes: Minutes,
  { slice }: Pick<Objective, 'slice'>,
  method: Exclude<BudgetingMethod, 'occurrences'>,
  { span, anchor, counting }: { span: Window; anchor: Instant; counting: readonly Window[] },
): Slices {
  const length = slice?.length ?? MINUTE
  const first = Math.ceil((span.from - anchor) / length)
  const count = Math.max(0, Math.floor((span.to - anchor) / length) - first)
  const from = anchor + first * length
  const errors = new Float64Array(count)
  const counts = mask(minutes, counting)
  const perSlice = Math.round(length / MINUTE)
  let place = Math.round((from - minutes.from) / MINUTE)
  for (let n = 0; n < count; n++, place += perSlice) errors[n] = errorOf(minutes, counts, place, perSlice, method, slice?.target)
  return { from, length, errors }
}

function errorOf(
  { good, total }: Minutes,
  counts: Uint8Array,
  from: number,
  length: number,
  method: Exclude<BudgetingMethod, 'occurrences'>,
  target: number | undefined,
): number {
  let events = 0
  let fine = 0
  let counted = false
  for (let place = from; place < from + length; place++) {
    if (!counts[place]) continue
    counted = true
    const here = total[place]!
    if (Number.isNaN(here)) continue
    events += here
    fine += good[place]!
  }
  if (!counted) return CUT
  if (events === 0) return NaN
  const ratio = Math.min(1, fine / events)
  if (method === 'timeslices') return ratio >= (target ?? 1) ? 0 : 1
  return 1 - ratio
}

/** Whether the minutes of a span say what its slices lost: spread evenly over an hour they do only of slices of whole hours. */
export function tellsSlices({ spreadUntil = -Infinity }: Minutes, { slice }: Pick<Objective, 'slice'>, { from }: Window): boolean {
  return spreadUntil <= from || (slice?.length ?? MINUTE) % HOUR === 0
}

/** Which minutes count. */
function mask({ from, total }: Minutes, counting: readonly Window[]): Uint8Array {
  const counts = new Uint8Array(total.length)
  for (const span of counting)
    counts.fill(1, Math.max(0, Math.ceil((span.from - from) / MINUTE)), Math.max(0, Math.ceil((span.to - from) / MINUTE)))
  return counts
}

/**
 * Mean loss of the slices that begin in a span and are over by its end, silent ones by the policy; null where none says anything.
 * @param late minutes that may still be on their way: silent slices that lie in them are not silent yet
 */
export function errorOfSlices(
  { from, length, errors }: Slices,
  span: Window,
  silence: SilencePolicy,
  late = 0,
): { error: number | null; n: number } {
  let lost = 0
  let n = 0
  const end = Math.min(errors.length, Math.floor((span.to - from) / length))
  for (let place = Math.max(0, Math.ceil((span.from - from) / length)); place < end; place++) {
    const error = errors[place]!
    const isOpen = silence === 'unknown' || from + place * length >= span.to - late * MINUTE
    if (error === CUT || (Number.isNaN(error) && isOpen)) continue
    n += 1
    lost += Number.isNaN(error) ? (silence === 'bad' ? 1 : 0) : error
  }
  return { error: n === 0 ? null : lost / n, n }
}

/**
 * Slices of several objectives as those of a composite (OpenSLO v1, "Composite SLO"): a timeslice bad for any objective is
 * bad; of ratio timeslices the losses add up, each times its weight, to at most one. A part that is silent says nothing.
 * Slices of different lengths are compared minute by minute.
 */
export function compositeSlices(parts: readonly (Slices & { weight: number })[], method: Exclude<BudgetingMethod, 'occurrences'>): Slices {
  const [first] = parts
  if (!first) return { from: 0, length: MINUTE, errors: new Float64Array(0) }
  const same = parts.every(({ from, length }) => from === first.from && length === first.length)
  const cut = same ? parts : parts.map((part) => ({ ...byMinute(part), weight: part.weight }))
  const from = Math.min(...cut.map((part) => part.from))
  const { length } = cut[0]!
  const errors = new Float64Array(Math.max(...cut.map((part) => (part.from - from) / length + part.errors.length))).fill(CUT)
  for (const part of cut) {
    const weight = method === 'timeslices' ? 1 : part.weight
    const shift = (part.from - from) / length
    for (let place = 0; place < part.errors.length; place++)
      errors[shift + place] = joined(errors[shift + place]!, part.errors[place]!, weight)
  }
  return { from, length, errors }
}

function joined(so: number, error: number, weight: number): number {
  if (error === CUT) return so
  if (Number.isNaN(error)) return so === CUT ? NaN : so
  return Math.min(1, (so === CUT || Number.isNaN(so) ? 0 : so) + weight * error)
}

function byMinute({ from, length, errors }: Slices): Slices {
  const per = Math.round(length / MINUTE)
  return {
    from,
    length: MINUTE,
    errors: Float64Array.from({ length: errors.length * per }, (_, place) => errors[Math.floor(place / per)]!),
  }
}
