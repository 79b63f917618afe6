import type { Weekly } from './step.ts'

/**
 * How values are compared: by their logarithm where all are above zero, so that steps are shares; as a share of the level
 * before where some are not; as they are where that level is not above zero either.
 */
export type Scale = 'log' | 'share' | 'absolute'

/** A series on the scale, zero being its own level before, and the way back. */
export interface Scaled {
  values: Weekly
  /** Level before, in the unit of the measure. */
  level: number
}

/** The scale that fits the treated series and those it is compared with. */
export function scaleFor(treated: Weekly, others: readonly Weekly[], cut: number): Scale {
  if ([treated, ...others].every((series) => series.every((value) => value === null || value > 0))) return 'log'
  return (meanOf(treated.slice(0, cut)) ?? 0) > 0 ? 'share' : 'absolute'
}

/** @returns null where nothing is known before, or the level before has no share to be told in */
export function scaled(series: Weekly, scale: Scale, cut: number): Scaled | null {
  const known = scale === 'log' ? series.map((value) => value && Math.log(value)) : series
  const before = meanOf(known.slice(0, cut))
  if (before === null || (scale === 'share' && before <= 0)) return null
  const unit = scale === 'share' ? before : 1
  return {
    values: known.map((value) => (value === null ? null : (value - before) / unit)),
    level: scale === 'log' ? Math.exp(before) : before,
  }
}

/** A step on the scale as a share of the level: 0.2 for a fifth more; null where it has none. */
export function shareOf(step: number, scale: Scale): number | null {
  return scale === 'log' ? Math.expm1(step) : scale === 'share' ? step : null
}

/** A value on the scale, back in the unit of the measure. */
export function valueAt(value: number, scale: Scale, level: number): number {
  return scale === 'log' ? level * Math.exp(value) : scale === 'share' ? level * (1 + value) : level + value
}

export function meanOf(values: Weekly): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}
