import { commonOf, without } from './common.ts'
import { type Scale, type Scaled, scaled, scaleFor, shareOf, valueAt } from './scale.ts'
import { type Step, stepOf, type Weekly } from './step.ts'

/** Whole weeks that have to be known before and after. */
export const FEWEST_BEFORE = 8
export const FEWEST_AFTER = 4

export interface EffectQuestion {
  /** The touched subject, week by week; the weeks of the change itself are missing. */
  treated: Weekly
  /** The same weeks of subjects nothing was done to. */
  controls: readonly { subject: string; values: Weekly }[]
  /** The same weeks of the touched subject a year before; left out where they are not known. */
  yearBefore?: Weekly
  /** The first week after. */
  cut: number
  level?: number
}

export interface EffectEstimate {
  design: 'comparison' | 'before_after'
  scale: Scale
  /** What the touched subject was held against. */
  against: 'controls' | 'year_before' | 'own_trend'
  step: Step
  /** Relative change and where it lies; null where the level before has no share to be told in. */
  effect: number | null
  low: number | null
  high: number | null
  /** The same in the unit of the measure. */
  difference: { value: number; low: number; high: number }
  /** Weeks that were compared. */
  weeks: { before: number; after: number }
  /** Those that had enough weeks. */
  controls: string[]
  /** What the checks where nothing was done start from. */
  compared: Compared
  /** Week by week, 100 being the level before: the touched subject, and what was expected of it without the change. */
  course: { treated: number | null; expected: number | null }[]
  /** Level before, in the unit of the measure. */
  levelBefore: number
}

/** The touched subject without what was expected of it, and the untouched ones, on the scale. */
export interface Compared {
  distance: Weekly
  others: readonly { subject: string; values: Weekly }[]
  alike: readonly Weekly[]
  trend: boolean
  cut: number
}

/** How many weeks are known on both sides, and which sides have too few. */
export interface TooFewWeeks {
  before: number
  after: number
}

/**
 * The change of a subject's level at a week, by the strongest comparison its data allow: against what untouched subjects
 * did meanwhile (difference in differences), against its own year before, or against its own trend (interrupted time
 * series: J. Lopez Bernal, S. Cummins, A. Gasparrini, International Journal of Epidemiology 46, 2017, 348–355).
 * @decision 0029
 */
export function estimateEffect(question: EffectQuestion): EffectEstimate | TooFewWeeks {
  const { treated, cut, level = 0.95 } = question
  const weeks = sides(treated, cut)
  if (!isEnough(weeks)) return weeks
  return (
    comparison(question, level) ??
    seasonal(question, level) ??
    told(question, { scale: scaleFor(treated, [], cut), against: 'own_trend', others: [], base: treated.map(() => 0), level }) ??
    weeks
  )
}

export function isEnough({ before, after }: TooFewWeeks): boolean {
  return before >= FEWEST_BEFORE && after >= FEWEST_AFTER
}

export function sides(values: Weekly, cut: number): TooFewWeeks {
  const known = (part: Weekly) => part.filter((value) => value !== null).length
  return { before: known(values.slice(0, cut)), after: known(values.slice(cut)) }
}

function comparison(question: EffectQuestion, level: number): EffectEstimate | null {
  const { treated, cut } = question
  const enough = question.controls.filter(({ values }) => isEnough(sides(values, cut)))
  const scale = scaleFor(
    treated,
    enough.map(({ values }) => values),
    cut,
  )
  const others = enough.flatMap(({ subject, values }) => {
    const own = scaled(values, scale, cut)
    return own ? [{ subject, values: own.values }] : []
  })
  if (others.length === 0) return null
  return told(question, { scale, against: 'controls', others, base: commonOf(others.map(({ values }) => values)), level })
}

function seasonal(question: EffectQuestion, level: number): EffectEstimate | null {
  const { treated, cut, yearBefore } = question
  if (!yearBefore || !isEnough(sides(yearBefore, cut))) return null
  const scale = scaleFor(treated, [yearBefore], cut)
  const own = scaled(yearBefore, scale, cut)
  return own && told(question, { scale, against: 'year_before', others: [], base: own.values, level })
}

interface Against {
  scale: Scale
  against: EffectEstimate['against']
  others: readonly { subject: string; values: Weekly }[]
  /** What the touched subject would have done, on the scale. */
  base: Weekly
  level: number
}

function told({ treated, cut }: EffectQuestion, { scale, against, others, base, level }: Against): EffectEstimate | null {
  const own = scaled(treated, scale, cut)
  if (!own) return null
  const distance = without(own.values, base)
  const weeks = sides(distance, cut)
  const trend = against === 'own_trend'
  const alike = others.length > 1 ? others.map(({ values }) => without(values, base)) : []
  const step = isEnough(weeks) ? stepOf(distance, { cut, trend, alike, level }) : null
  if (!step) return null
  return {
    design: against === 'controls' ? 'comparison' : 'before_after',
    scale,
    against,
    step,
    effect: shareOf(step.value, scale),
    low: shareOf(step.low, scale),
    high: shareOf(step.high, scale),
    difference: {
      value: inUnit(step.value, scale, own),
      low: inUnit(step.low, scale, own),
      high: inUnit(step.high, scale, own),
    },
    weeks,
    controls: others.map(({ subject }) => subject),
    compared: { distance, others, alike, trend, cut },
    course: own.values.map((value, week) => ({
      treated: value === null ? null : valueAt(value, scale, indexed(scale, own)),
      expected: base[week] == null ? null : valueAt(base[week] + step.courseAt(week), scale, indexed(scale, own)),
    })),
    levelBefore: own.level,
  }
}

/** The level before is 100 where there are shares. */
function indexed(scale: Scale, own: Scaled): number {
  return scale === 'absolute' ? own.level : 100
}

function inUnit(step: number, scale: Scale, own: Scaled): number {
  return valueAt(step, scale, own.level) - own.level
}
