import { burnRate } from '../budget.ts'
import type { Burn } from './rule.ts'

/**
 * Burn of what was counted: error ratio ÷ (1 − target), by events. Where nothing came nothing is known, or silence is good and
 * nothing burns. A promise that takes silence for bad is counted by its minutes (`burnOver`).
 */
export function burnOf(
  { good, total }: { good: number; total: number },
  { target, silence }: { target: number; silence: 'unknown' | 'good' },
): Burn {
  if (total > 0) return { rate: burnRate(target, Math.max(0, total - good) / total), n: total }
  return { rate: silence === 'good' ? 0 : null, n: 0 }
}
