import type { AlertRule, BurnTest } from './rule.ts'

/**
 * Whether a threshold can be reached at all. The error ratio is at most 1, so the burn is at most 1 ÷ budget: a factor of 14.4
 * never fires below a target of 93.06 %.
 * @param target least share of good, in [0, 1)
 */
export function canFire({ op, threshold }: Pick<BurnTest, 'op' | 'threshold'>, target: number): boolean {
  const most = 1 / (1 - target)
  if (op === 'gt') return threshold < most
  if (op === 'gte') return threshold <= most
  return op === 'lt' ? threshold > 0 : threshold >= 0
}

/** Whether a rule fires below what spends the budget exactly: it then tells of health. */
export function warnsOfHealth({ op, threshold }: Pick<BurnTest, 'op' | 'threshold'>): boolean {
  return op === 'lt' || op === 'lte' || threshold < 1
}

/** The tests of a rule that can never be true at a target. */
export function deadTests({ anyOf }: Pick<AlertRule, 'anyOf'>, target: number): BurnTest[] {
  return anyOf.filter((test) => !canFire(test, target))
}

/**
 * Milliseconds until a test is true once the error ratio jumps from nothing to `errorRatio` and stays:
 * factor × budget × longest window ÷ error ratio (The Site Reliability Workbook, chapter 5, "Detection time"); null: never.
 */
export function timeToFire({ windows, threshold, op }: BurnTest, target: number, errorRatio: number, after = 0): number | null {
  const needed = threshold * (1 - target)
  const isEnough = op === 'gte' ? errorRatio >= needed : errorRatio > needed
  if (op === 'lt' || op === 'lte' || !isEnough) return null
  return (needed / errorRatio) * Math.max(...windows) + after
}

/**
 * Events a window must have so that a single failure among them is not yet an alert: 1 ÷ (factor × budget), about 70 in an hour for
 * 14.4 at 99.9 %. With less traffic every failure wakes somebody.
 */
export function eventsOneFailureIsLostIn({ threshold }: Pick<BurnTest, 'threshold'>, target: number): number {
  return Math.ceil(1 / (threshold * (1 - target)) - 1e-9)
}
