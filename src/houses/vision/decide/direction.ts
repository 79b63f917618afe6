/** Which way a value has to move. */
export type Direction = 'higher' | 'lower'

/**
 * The way towards a target: what the measure calls better, else the way from baseline to target.
 * @returns null when neither tells
 */
export function directionOf(better: Direction | undefined, baseline: number | null, target: number): Direction | null {
  if (better) return better
  if (baseline === null || baseline === target) return null
  return target > baseline ? 'higher' : 'lower'
}

/** Whether a value is at least as good as the target. */
export function reaches(value: number, target: number, direction: Direction): boolean {
  return direction === 'higher' ? value >= target : value <= target
}

/**
 * Share of the way from baseline to target that has been covered; 1 at the target, negative when it got worse.
 * @returns null when there is no way to cover
 */
export function progressOf(baseline: number | null, value: number, target: number): number | null {
  if (baseline === null || baseline === target) return null
  return (value - baseline) / (target - baseline)
}
