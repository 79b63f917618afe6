import { type Random, randomOf } from '../../../../ground/measures/index.ts'
import type { EffectQuestion, Weekly } from './index.ts'

/** A truth to be found: weekly values whose noise remembers, a step at a week, controls that share a shock. */
export interface Truth {
  effect: number
  controls: number
  /** What hits everybody alike at the same week. */
  shock?: number
  weeks?: { before: number; after: number }
  noise?: number
  memory?: number
  /** Share of weeks that are missing. */
  gaps?: number
}

/** One draw of a truth; the same for the same seed. */
export function drawOf(seed: string, truth: Truth): EffectQuestion {
  const { effect, controls, shock = 0, weeks = { before: 26, after: 26 } } = truth
  const random = randomOf(seed)
  const series = (change: number): Weekly => {
    const level = 1 + 10 * random.next()
    return noiseOf(random, weeks.before + weeks.after, truth).map((noise, week) =>
      truth.gaps && random.next() < truth.gaps ? null : level * (week < weeks.before ? 1 : (1 + shock) * (1 + change)) * Math.exp(noise),
    )
  }
  return {
    treated: series(effect),
    controls: Array.from({ length: controls }, (_, index) => ({ subject: `component:default/c${index}`, values: series(0) })),
    cut: weeks.before,
  }
}

function noiseOf(random: Random, length: number, { noise = 0.15, memory = 0.3 }: Truth): number[] {
  let last = normal(random)
  return Array.from({ length }, () => {
    const now = last
    last = memory * last + Math.sqrt(1 - memory ** 2) * normal(random)
    return noise * now
  })
}

/** G. E. P. Box & M. E. Muller (1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}
