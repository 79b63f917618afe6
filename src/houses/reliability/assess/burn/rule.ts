import type { Instant } from '../../../../ground/core/index.ts'

/** How a burn is held against a threshold (OpenSLO v1, "AlertCondition", op). */
export type BurnOp = 'gt' | 'gte' | 'lt' | 'lte'

/** Burn over several windows, all of which have to be beyond the threshold. */
export interface BurnTest {
  /** Lengths in milliseconds, the longest first. */
  windows: readonly number[]
  op: BurnOp
  /** Burn rate: 1 spends exactly the whole budget in the period. */
  threshold: number
}

/** What makes an alert of one severity: one of its tests is enough. */
export interface AlertRule {
  /** Tells it from the others of an objective, and stays the same from round to round. */
  key: string
  severity: string
  anyOf: readonly BurnTest[]
  /** Milliseconds the condition has to hold before the alert fires (alertAfter). */
  after: number
}

/** Burn over one window; null rate where there was nothing to count. */
export interface Burn {
  /** Error ratio ÷ (1 − target). */
  rate: number | null
  /** Events behind it. */
  n: number
}

/** What a rule came to at one moment. */
export interface Finding {
  state: 'burning' | 'calm' | 'unknown'
  /** The test that tells: the one that burns, else the first. */
  test: BurnTest
  /** Its burns, in the order of its windows. */
  burns: readonly Burn[]
  /** Why nothing can be said. */
  unknown?: 'no_data' | 'few_events'
}

const HOLDS: Record<BurnOp, (rate: number, threshold: number) => boolean> = {
  gt: (rate, threshold) => rate > threshold,
  gte: (rate, threshold) => rate >= threshold,
  lt: (rate, threshold) => rate < threshold,
  lte: (rate, threshold) => rate <= threshold,
}

/**
 * Holds burns against a rule. What cannot be told for one test may be told by another; where none burns and one is unknown, all is.
 * @param burnOver the burn of the last so many milliseconds
 * @param leastEvents with fewer in the longest window of a test nothing is said: one failure of a few is no trend
 */
export function evaluate(rule: AlertRule, burnOver: (window: number) => Burn, leastEvents = 0): Finding {
  let first: Finding | undefined
  let unknown: Finding | undefined
  for (const test of rule.anyOf) {
    const finding = evaluateTest(test, burnOver, leastEvents)
    if (finding.state === 'burning') return finding
    first ??= finding
    if (finding.state === 'unknown') unknown ??= finding
  }
  if (!first) throw new Error(`The alert rule ${rule.key} has no test`)
  return unknown ?? first
}

function evaluateTest(test: BurnTest, burnOver: (window: number) => Burn, leastEvents: number): Finding {
  const burns = test.windows.map(burnOver)
  const beyond = burns.map(({ rate }) => (rate === null ? null : HOLDS[test.op](rate, test.threshold)))
  // One window within its threshold settles it, whatever the others would say.
  if (beyond.includes(false)) return { state: 'calm', test, burns }
  if (burns[0]!.n < leastEvents) return { state: 'unknown', test, burns, unknown: 'few_events' }
  if (beyond.includes(null)) return { state: 'unknown', test, burns, unknown: 'no_data' }
  return { state: 'burning', test, burns }
}

/** Whether the shortest window alone leaves it open that a rule burns: where none of its tests is beyond there, it does not. */
export function mayBurn({ anyOf }: AlertRule, burnOver: (window: number) => Burn): boolean {
  return anyOf.some(({ windows, op, threshold }) => {
    const { rate } = burnOver(windows.at(-1)!)
    return rate !== null && HOLDS[op](rate, threshold)
  })
}

/** What sums of fractions in another order, or their division, may come to less. */
const ROUNDING = 1e-9

/**
 * A rule with the tests that may burn though none of their windows burns more than is known of it.
 * @param mostOver the most a window may burn; Infinity where nothing is known of it
 */
export function openTests<R extends AlertRule>(rule: R, mostOver: (window: number) => number): R {
  const isOpen = ({ windows, op, threshold }: BurnTest) =>
    op === 'lt' || op === 'lte' || windows.every((window) => HOLDS[op](mostOver(window) * (1 + ROUNDING) + ROUNDING, threshold))
  return { ...rule, anyOf: rule.anyOf.filter(isOpen) }
}

/** An alert that stands: its condition holds, for long enough or not yet. */
export interface Standing {
  state: 'pending' | 'firing'
  /** Since when the condition holds. */
  since: Instant
  /** Since when it fires; null while pending. */
  firedAt: Instant | null
}

/**
 * The alert after one more look. What is not known changes nothing: silence neither starts nor ends an alert.
 * @returns what stands now, or null; `undefined` where nothing changed
 */
export function step(before: Standing | null, finding: Pick<Finding, 'state'>, after: number, now: Instant): Standing | null | undefined {
  if (finding.state === 'unknown') return undefined
  if (finding.state === 'calm') return before ? null : undefined
  const since = before?.since ?? now
  if (before?.state === 'firing') return undefined
  if (now - since >= after) return { state: 'firing', since, firedAt: now }
  return before ? undefined : { state: 'pending', since, firedAt: null }
}
