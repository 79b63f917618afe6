import { ok, parseDuration, parseQuantity, refuse, type Result, type Unit } from '../../../ground/core/index.ts'

/** An expected change: a share of the value it starts from (-0.3), or a difference in the measure's unit. */
export interface Change {
  form: 'relative' | 'absolute'
  p10: number
  p50: number
  p90: number
}

type Written = Record<'p10' | 'p50' | 'p90', number | string>

const LEVELS = ['p10', 'p50', 'p90'] as const

/**
 * Reads an expected change. A percent sign says relative, whatever the unit; anything else is in the unit.
 * @param unit of the measure; null while it is not known: numbers and durations are then taken as they are
 */
export function changeOf(written: Written, unit: Unit | null): Result<Change> {
  const relative = LEVELS.filter((level) => isShare(written[level]))
  if (relative.length > 0 && relative.length < LEVELS.length)
    return refuse('investment.mixed_change', 'p10, p50 and p90 are not all of one form', {
      fix: 'Write all three with a percent sign (a share of the value), or none of them (in the unit of the measure).',
    })
  const read = LEVELS.map((level) => numberOf(written[level], unit))
  const wrong = read.find((one) => !one.ok)
  if (wrong) return wrong
  const [p10, p50, p90] = read.map((one) => (one.ok ? one.value : Number.NaN)) as [number, number, number]
  if (p10 > p50 || p50 > p90)
    return refuse('investment.quantiles_cross', 'p10, p50 and p90 are not in order: the least of the three numbers is p10', {
      fix: 'Write them from the lowest number to the highest, for example -45%, -30% and -10%.',
    })
  const form = relative.length > 0 ? 'relative' : 'absolute'
  if (form === 'relative' && p10 < -1)
    return refuse('investment.more_than_all', 'nothing can fall by more than 100 %', { fix: 'Write -100% or less of a fall.' })
  return ok({ form, p10, p50, p90 })
}

function isShare(value: number | string): boolean {
  return typeof value === 'string' && value.trim().endsWith('%')
}

function numberOf(value: number | string, unit: Unit | null): Result<number> {
  if (isShare(value)) return parseQuantity(value, 'ratio')
  if (unit !== null) return parseQuantity(value, unit)
  if (typeof value === 'string' && /[a-z]\s*$/.test(value)) return parseDuration(value)
  return parseQuantity(value, 'count')
}
