import type { Interval } from './interval.ts'
import { twoSidedZ } from './normal.ts'

/** How long something lasted; when it has not ended, how long it has lasted so far. */
export interface Duration {
  seconds: number
  ended: boolean
}

/** One step of a survival curve. */
export interface SurvivalStep {
  seconds: number
  /** Share that lasts longer than this. */
  surviving: number
  /** Greenwood's variance of that share. */
  variance: number
}

/**
 * Product-limit estimate of how long things last when some have not ended yet: E. L. Kaplan & P. Meier, "Nonparametric
 * Estimation from Incomplete Observations", Journal of the American Statistical Association 53 (1958), 457–481.
 * What is still going counts as "at least this long", neither left out nor taken for ended.
 */
export function survivalCurve(durations: readonly Duration[]): SurvivalStep[] {
  const sorted = durations.toSorted((a, b) => a.seconds - b.seconds)
  const steps: SurvivalStep[] = []
  let surviving = 1
  let greenwood = 0
  for (let at = 0; at < sorted.length;) {
    const { seconds } = sorted[at]!
    const atRisk = sorted.length - at
    let ended = 0
    for (; at < sorted.length && sorted[at]!.seconds === seconds; at++) if (sorted[at]!.ended) ended += 1
    if (ended === 0) continue
    surviving *= 1 - ended / atRisk
    greenwood += atRisk === ended ? 0 : ended / (atRisk * (atRisk - ended))
    steps.push({ seconds, surviving, variance: surviving * surviving * greenwood })
  }
  return steps
}

/** Shares are products of fractions; equality is judged within this, as R's all.equal does. */
const TOLERANCE = 1.5e-8

/**
 * The time by which a share has ended. Where the curve lies level at exactly that share, the middle of the level piece,
 * as R's `survival` package does; without unfinished durations the median equals the ordinary one.
 * @returns null when fewer than that share have ended
 */
export function survivalQuantile(steps: readonly SurvivalStep[], share: number): number | null {
  const level = 1 - share
  const reached = steps.findIndex((step) => step.surviving <= level + TOLERANCE)
  if (reached === -1) return null
  const step = steps[reached]!
  const next = steps[reached + 1]
  return next && Math.abs(step.surviving - level) < TOLERANCE ? (step.seconds + next.seconds) / 2 : step.seconds
}

/**
 * Confidence interval of the median of a survival curve: R. Brookmeyer & J. Crowley, "A Confidence Interval for the
 * Median Survival Time", Biometrics 38 (1982), 29–41: all times at which the curve does not differ from one half.
 * @returns null where its upper end is not known yet
 */
export function survivalMedianInterval(steps: readonly SurvivalStep[], level = 0.95): Interval | null {
  const z = twoSidedZ(level)
  const low = steps.find((step) => step.surviving - z * Math.sqrt(step.variance) <= 0.5 + TOLERANCE)
  const high = steps.find((step) => step.surviving + z * Math.sqrt(step.variance) <= 0.5 + TOLERANCE)
  return low && high && high.variance > 0 ? { low: low.seconds, high: high.seconds, level } : null
}
