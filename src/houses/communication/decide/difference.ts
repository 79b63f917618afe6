import type { Reading } from '../../../ground/core/index.ts'

/** How a value stands against the window before. */
export type Difference =
  | { kind: 'unclear'; before: number }
  | { kind: 'clear'; before: number; moved: 'up' | 'down'; better: boolean | null }

/**
 * Compares a reading with the one of the window before. A change is clear when the two intervals do not touch, which
 * is stricter than a test at the same level; without intervals nothing is said.
 * @param better which way is better; null when nobody said
 */
export function differenceOf(now: Reading, before: Reading | undefined, better: 'higher' | 'lower' | null): Difference | null {
  if (!before || now.value === null || before.value === null || !now.interval || !before.interval) return null
  const up = now.interval.low > before.interval.high
  const down = now.interval.high < before.interval.low
  if (!up && !down) return { kind: 'unclear', before: before.value }
  return { kind: 'clear', before: before.value, moved: up ? 'up' : 'down', better: better === null ? null : (better === 'higher') === up }
}
