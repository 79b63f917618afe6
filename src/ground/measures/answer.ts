import type { Reading, Unknown } from '../core/index.ts'
import type { Collected } from './collected.ts'
import {
  ascending,
  orderInterval,
  poissonInterval,
  quantile,
  survivalCurve,
  survivalMedianInterval,
  survivalQuantile,
  wilsonInterval,
} from './statistics/index.ts'

/** The part of a reading that follows from the records alone. */
export type Answer = Pick<Reading, 'value' | 'quantiles' | 'unknown' | 'n' | 'excluded' | 'interval'>

const LEVEL = 0.95

const NO_DATA: Unknown = {
  code: 'no_data',
  why: 'No record in this window tells of it.',
  fix: 'Choose a longer window, or connect a source that reports it.',
}

/** Makes an answer of what a house collected: value, quantiles, interval, or unknown with the reason. Unknown is never 0. */
export function answerFrom(collected: Collected): Answer {
  const excluded = Object.entries(collected.excluded)
    .filter(([, count]) => count > 0)
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
  const { n, ...told } = numbersOf(collected)
  if (collected.unknown) return { value: null, unknown: collected.unknown, n, excluded }
  if (told.value === null) return { value: null, unknown: told.unknown ?? NO_DATA, n, excluded }
  return { ...told, n, excluded }
}

function numbersOf(collected: Collected): Omit<Answer, 'excluded'> {
  switch (collected.shape) {
    case 'values':
      return ofValues(collected.values, collected.n)
    case 'share':
      return {
        value: collected.of === 0 ? null : collected.hits / collected.of,
        n: collected.of,
        ...intervalOf(wilsonInterval(collected.hits, collected.of, LEVEL)),
      }
    case 'rate':
      return ofRate(collected)
    case 'durations':
      return ofDurations(collected.durations)
    case 'number':
      return { value: collected.value, n: collected.n, ...intervalOf(collected.interval ?? null) }
    case 'nothing':
      return { value: null, n: 0 }
  }
}

function ofRate({ events, days }: { events: number; days: number }): Omit<Answer, 'excluded'> {
  if (days <= 0) return { value: null, n: events }
  const { low, high, level } = poissonInterval(events, LEVEL)
  return { value: events / days, n: events, interval: { low: low / days, high: high / days, level } }
}

function ofValues(values: readonly number[], n = values.length): Omit<Answer, 'excluded'> {
  const sorted = ascending(values)
  const p50 = quantile(sorted, 0.5)
  if (p50 === null) return { value: null, n: 0 }
  return {
    value: p50,
    n,
    quantiles: { p50, p75: quantile(sorted, 0.75)!, p90: quantile(sorted, 0.9)! },
    ...intervalOf(orderInterval(sorted, 0.5, LEVEL)),
  }
}

function ofDurations(durations: readonly { seconds: number; ended: boolean }[]): Omit<Answer, 'excluded'> {
  const n = durations.length
  const steps = survivalCurve(durations)
  const [p50, p75, p90] = [0.5, 0.75, 0.9].map((share) => survivalQuantile(steps, share))
  if (p50 === null || p50 === undefined) return { value: null, n, ...(n > 0 ? { unknown: stillOpen(durations) } : {}) }
  return {
    value: p50,
    n,
    ...(p75 != null && p90 != null ? { quantiles: { p50, p75, p90 } } : {}),
    ...intervalOf(
      durations.every(({ ended }) => ended)
        ? orderInterval(ascending(durations.map(({ seconds }) => seconds)), 0.5, LEVEL)
        : survivalMedianInterval(steps, LEVEL),
    ),
  }
}

function stillOpen(durations: readonly { ended: boolean }[]): Unknown {
  const open = durations.filter(({ ended }) => !ended).length
  return {
    code: 'too_few_ended',
    why: `${open} of ${durations.length} ${open === 1 ? 'is' : 'are'} still open, so the time by which half have ended is not known yet.`,
    fix: 'Close what is over in its source, or choose an earlier window.',
  }
}

function intervalOf(interval: Answer['interval'] | null): Pick<Answer, 'interval'> {
  return interval ? { interval } : {}
}
