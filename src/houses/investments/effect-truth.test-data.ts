import { type Random, randomOf } from '../../ground/measures/index.ts'
import type { EffectQuestion, Weekly } from './assess/effect/index.ts'

/** A truth to be found: weekly values whose noise remembers, a step at a week, controls that share a shock. */
export interface Truth {
  effect: number
  controls: number
  /** What hits everybody alike at the same week. */
  shock?: number
  weeks?: { before: number; after: number }
  noise?: number
  memory?: number
  /** What the touched subject's own noise remembers, where that differs. */
  ownMemory?: number
  /** A walk of each subject's own: standard deviation a week. */
  walk?: number
  /** Share of weeks that are missing. */
  gaps?: number
}

/** One draw of a truth; the same for the same seed. */
export function drawOf(seed: string, truth: Truth): EffectQuestion {
  const { effect, controls, shock = 0, weeks = { before: 26, after: 26 } } = truth
  const random = randomOf(seed)
  const series = (change: number, memory = truth.memory): Weekly => {
    const level = 1 + 10 * random.next()
    return noiseOf(random, weeks.before + weeks.after, { ...truth, memory }).map((noise, week) =>
      truth.gaps && random.next() < truth.gaps ? null : level * (week < weeks.before ? 1 : (1 + shock) * (1 + change)) * Math.exp(noise),
    )
  }
  return {
    treated: series(effect, truth.ownMemory ?? truth.memory),
    controls: Array.from({ length: controls }, (_, index) => ({ subject: `component:default/c${index}`, values: series(0) })),
    cut: weeks.before,
  }
}

function noiseOf(
  random: Random,
  length: number,
  { noise = 0.15, memory = 0.3, walk = 0 }: Omit<Truth, 'memory'> & { memory?: number | undefined },
): number[] {
  let [last, place] = [normal(random), 0]
  return Array.from({ length }, () => {
    const now = noise * last + place
    last = memory * last + Math.sqrt(1 - memory ** 2) * normal(random)
    if (walk > 0) place += walk * normal(random)
    return now
  })
}

/** G. E. P. Box & M. E. Muller (1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}
