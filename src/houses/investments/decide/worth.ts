import type { Instant, Ref } from '../../../ground/core/index.ts'
import { changeOf, type InvestmentIntent } from '../intent/index.ts'

/** What is left to do for an outcome. */
export interface OutcomeGap {
  ref: Ref
  title: string
  measure?: string
  subject: string
  quantile?: 'p50' | 'p75' | 'p90'
  unit: string
  /** The reading of today, else the baseline; null where neither is known. */
  now: number | null
  nowFrom: 'reading' | 'baseline'
  target: number | null
  /** The baseline: which way the target lies. */
  from: number | null
  /** The moment the day of the target ends. */
  due?: Instant
  /** Why now or the target is not known. */
  unknown?: string
}

/** Which share of an outcome's gap is expected to be closed; below 0 it gets wider. */
export interface Contribution {
  outcome: Ref
  measure: string
  low: number
  middle: number
  high: number
  /** 0.3 P10 + 0.4 P50 + 0.3 P90. */
  mean: number
  /** The value the measure would have then, by P50. */
  leadsTo: number
  /** Expected only after the outcome was to be reached. */
  late: boolean
  /** The outcome is where it was to go, or beyond: nothing is left to close. */
  reached: boolean
}

/** What an investment is worth for outcomes; where nothing can be told, why. */
export interface Worth {
  contributions: Contribution[]
  unknown?: string
  fix?: string
}

/**
 * How far the expected effects of an investment close the gaps of the outcomes it serves. An effect counts on the
 * outcome's own measure, subject and quantile alone; of several on one outcome the one that is due last.
 * @decision 0028
 */
export function worthOf(investment: InvestmentIntent, gaps: ReadonlyMap<Ref, OutcomeGap>): Worth {
  if (investment.serves.length === 0) return unknown('It serves no outcome', 'Name at least one (spec.serves).')
  if (investment.effects.length === 0)
    return unknown('It states no effect', 'Say which measure changes, how far (P10, P50, P90) and by when (spec.effects).')
  const contributions: Contribution[] = []
  const reasons: Worth[] = []
  for (const ref of investment.serves) {
    const gap = gaps.get(ref)
    const found = gap ? contributionOf(investment, gap) : unknown(`${ref} is not an outcome known here`, 'Check the name.')
    if ('outcome' in found) contributions.push(found)
    else reasons.push(found)
  }
  return contributions.length > 0 ? { contributions } : reasons[0]!
}

function contributionOf(investment: InvestmentIntent, gap: OutcomeGap): Contribution | Worth {
  if (gap.now === null || gap.target === null)
    return unknown(
      `How far "${gap.title}" has to go is unknown: ${gap.unknown ?? 'no reading'}`,
      'Give the outcome a measure with a reading or a baseline, and a target.',
    )
  const effect = investment.effects
    .filter(
      ({ measure, subject = gap.subject, quantile = gap.quantile }) =>
        measure === gap.measure && subject === gap.subject && (quantile ?? 'p50') === (gap.quantile ?? 'p50'),
    )
    .sort((a, b) => b.by - a.by)[0]
  if (!effect)
    return unknown(
      `No effect is stated on the measure of "${gap.title}" (${[gap.quantile, gap.measure].filter(Boolean).join(' of ')} for ${gap.subject})`,
      'State what it does to that measure, with its subject and quantile.',
    )
  const read = changeOf(effect, gap.unit)
  if (!read.ok)
    return unknown(`Its effect cannot be read in the unit of ${effect.measure}: ${read.problems[0]!.message}`, read.problems[0]!.fix ?? '')
  const { now, target } = gap
  const way = target - now
  const change = (level: number) => (read.value.form === 'relative' ? level * now : level)
  const share = (level: number) => (isReached(gap) ? 0 : change(level) / way)
  const [first, middle, last] = [share(read.value.p10), share(read.value.p50), share(read.value.p90)]
  return {
    outcome: gap.ref,
    measure: effect.measure,
    low: Math.min(first, last),
    middle,
    high: Math.max(first, last),
    mean: 0.3 * first + 0.4 * middle + 0.3 * last,
    leadsTo: now + change(read.value.p50),
    late: gap.due !== undefined && effect.by > gap.due,
    reached: isReached(gap),
  }
}

/** Beyond the target in the direction it lies from the baseline, where there is one. */
function isReached({ now, target, from }: OutcomeGap): boolean {
  if (now === null || target === null) return false
  return now === target || (from !== null && from !== target && Math.sign(target - from) !== Math.sign(target - now))
}

function unknown(why: string, fix: string): Worth {
  return { contributions: [], unknown: why, fix }
}
