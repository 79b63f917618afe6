import { type Instant, MINUTE } from '../../../../ground/core/index.ts'
import type { SilencePolicy } from '../../intent/model.ts'
import { burnRate } from '../budget.ts'
import { errorOfOccurrences, LATE_MINUTES } from '../occurrences.ts'
import { type Burn, type AlertRule, evaluate, type Standing, step } from './rule.ts'

/** Minutes in a row with what was counted in each; NaN where nothing was said. */
export interface Minutes {
  from: Instant
  good: Float64Array
  total: Float64Array
}

/** A time an alert fired, or would have. */
export interface Episode {
  severity: string
  key: string
  from: Instant
  /** Null while it goes on. */
  to: Instant | null
  /** The highest burn of the longest window meanwhile. */
  most: number
}

/**
 * What rules would have made of past minutes: one look at the end of each, as the alert itself looks. Silence before anything was
 * said is nobody's.
 */
export function replay(
  rules: readonly AlertRule[],
  { from, good, total }: Minutes,
  { target, leastEvents = 0, silence = 'unknown' }: { target: number; leastEvents?: number; silence?: SilencePolicy },
): Episode[] {
  const sums = {
    good: running(total, (index) => good[index]!),
    total: running(total, (index) => total[index]!),
    said: running(total, (index) => (Number.isNaN(total[index]!) ? 0 : 1)),
  }
  const first = total.findIndex((value) => !Number.isNaN(value))
  const burnAt =
    (end: number) =>
    (window: number): Burn => {
      const begin = Math.max(0, end - window / MINUTE)
      const [events, said] = [sums.total[end]! - sums.total[begin]!, sums.said[end]! - sums.said[begin]!]
      const counted = { good: sums.good[end]! - sums.good[begin]!, total: events, said, of: Math.max(0, end - Math.max(begin, first)) }
      const isSilent = silence === 'bad' && said < counted.of
      return { rate: burnRate(target, errorOfOccurrences(counted, silence, LATE_MINUTES)), n: isSilent ? Infinity : events }
    }
  return rules
    .flatMap((rule) => episodesOf(rule, from, total.length, burnAt, leastEvents))
    .sort((a, b) => a.from - b.from || (a.severity < b.severity ? -1 : 1))
}

function episodesOf(
  rule: AlertRule,
  from: Instant,
  minutes: number,
  burnAt: (end: number) => (window: number) => Burn,
  leastEvents: number,
): Episode[] {
  const found: Episode[] = []
  let standing: Standing | null = null
  let episode: Episode | null = null
  for (let end = 1; end <= minutes; end += 1) {
    const now = from + end * MINUTE
    const finding = evaluate(rule, burnAt(end), leastEvents)
    const next = step(standing, finding, rule.after, now)
    if (next !== undefined) {
      if (next?.state === 'firing') found.push((episode = { severity: rule.severity, key: rule.key, from: now, to: null, most: 0 }))
      if (next === null && episode) {
        episode.to = now
        episode = null
      }
      standing = next
    }
    if (episode && finding.state === 'burning') episode.most = Math.max(episode.most, finding.burns[0]!.rate ?? 0)
  }
  return found
}

/** Sums up to each minute, silence adding nothing; one longer than what it sums. */
function running(minutes: Float64Array, value: (index: number) => number): Float64Array {
  const sums = new Float64Array(minutes.length + 1)
  for (let index = 0; index < minutes.length; index += 1) {
    const one = value(index)
    sums[index + 1] = sums[index]! + (Number.isNaN(one) ? 0 : one)
  }
  return sums
}
