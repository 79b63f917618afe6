import type { EffectEstimate, Placebos } from '../assess/effect/index.ts'

export type EffectVerdict = 'effect' | 'no_effect' | 'not_enough_data'

/**
 * How far an answer can be trusted to be about what was done: an experiment ran both ways at once; untouched subjects show
 * what happened meanwhile; before and after alone hold whatever else changed. One step less where a check where nothing was
 * done found something, or where too few are untouched to check.
 */
export type EvidenceStrength = 'strongest' | 'stronger' | 'weaker' | 'weakest'

/** What the checks where nothing was done say; null where there is too little to check. */
export interface Checks {
  inTime: boolean | null
  drift: boolean | null
  inSpace: boolean | null
  /** All that could be made passed, and one at least could; null where none could. */
  passed: boolean | null
}

/** Smaller than any rounding of figures that came in. */
const NOTHING = 1e-9

export function effectVerdict({ step }: Pick<EffectEstimate, 'step'>): Exclude<EffectVerdict, 'not_enough_data'> {
  return Math.abs(step.value) > NOTHING && (step.low > 0 || step.high < 0) ? 'effect' : 'no_effect'
}

export function checksOf({ inTime, inSpace, drift }: Placebos): Checks {
  const passes = (checks: readonly { isFound: boolean }[]) => (checks.length === 0 ? null : !checks.some(({ isFound }) => isFound))
  const each = { inTime: passes(inTime), drift: passes(drift ? [drift] : []), inSpace: passes(inSpace) }
  const made = Object.values(each).filter((passed) => passed !== null)
  return { ...each, passed: made.length === 0 ? null : made.every(Boolean) }
}

export function evidenceStrength(design: EffectEstimate['design'], checks: Checks): EvidenceStrength {
  if (design === 'comparison') return checks.passed === true && checks.inSpace !== null ? 'stronger' : 'weaker'
  return checks.passed === false ? 'weakest' : 'weaker'
}

/** What was expected beside what was seen, both as shares or both in the unit of the measure. */
export function againstExpected(
  { p10, p90 }: { p10: number; p90: number },
  seen: { value: number; low: number; high: number },
): 'as_expected' | 'below' | 'above' | 'not_told_apart' {
  if (seen.value >= p10 && seen.value <= p90) return 'as_expected'
  if (seen.high < p10) return 'below'
  if (seen.low > p90) return 'above'
  return 'not_told_apart'
}
