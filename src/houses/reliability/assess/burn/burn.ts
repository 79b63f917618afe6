import { MINUTE } from '../../../../ground/core/index.ts'
import type { Burn } from './rule.ts'

/** What was counted in a window. */
export interface Counted {
  good: number
  total: number
  /** Minutes of which anything was said. */
  minutes: number
}

/** Minutes a sample may take to arrive before its time counts as silent. */
const LATE_MINUTES = 5

/**
 * Burn of what was counted: error ratio ÷ (1 − target), by events. Silence counts as the promise says: as nothing known, as good,
 * or as bad, minute by minute beside the minutes that are known; the last five minutes may still be on their way.
 * @param window milliseconds it was counted over
 */
export function burnOf(
  counted: Counted,
  { target, window, silence }: { target: number; window: number; silence: 'unknown' | 'good' | 'bad' },
): Burn {
  const { good, total, minutes } = counted
  const errors = total > 0 ? (total - good) / total : null
  const budget = 1 - target
  if (silence === 'unknown') return { rate: errors === null ? null : errors / budget, n: total }
  const known = errors === null ? 0 : Math.max(minutes, 1)
  const silent = Math.max(0, window / MINUTE - known - (known > 0 ? LATE_MINUTES : 0))
  if (known + silent === 0) return { rate: null, n: total }
  const lost = (errors ?? 0) * known + (silence === 'bad' ? silent : 0)
  // Silence that counts is not a lack of events.
  return { rate: lost / (known + silent) / budget, n: silence === 'bad' && silent > 0 ? Infinity : total }
}
