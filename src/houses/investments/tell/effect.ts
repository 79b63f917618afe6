import { formatInstant, formatQuantity, type Instant, round } from '../../../ground/core/index.ts'
import { type EffectEstimate, FEWEST_AFTER, FEWEST_BEFORE, type Placebos, type Pretended, shareOf } from '../assess/effect/index.ts'
import { againstExpected, checksOf, effectVerdict, evidenceStrength } from '../decide/effect.ts'
import type { Change } from '../intent/index.ts'
import type { EffectView, Missing } from './effect-view.ts'
import { type About, againstWords, effectSentence, evidenceSentence, signed, whatWords } from './effect-words.ts'

/** What every answer carries, known or not. */
export type EffectHead = Pick<
  EffectView,
  'measure' | 'title' | 'unit' | 'better' | 'quantile' | 'subject' | 'subjectTitle' | 'window' | 'at' | 'asOf'
> & {
  changedAt: Instant
}

/** Normal quantiles of 97.5 and 80 %: an effect so many standard errors away is found four times in five. */
const FOUND_IN_FIVE = (1.96 + 0.8416) / 1.96

const NOTHING_SEEN = {
  effect: null,
  interval: null,
  difference: null,
  levelBefore: null,
  detectable: null,
  scale: null,
  against: null,
  placebo: null,
  strength: null,
} satisfies Partial<EffectView>

/** An answer where something was compared. */
export function estimatedView(
  head: EffectHead,
  estimate: EffectEstimate,
  placebos: Placebos,
  told: Pick<EffectView, 'points' | 'controls' | 'leftOut'> & { startOf: (week: number) => string; wanted: number },
): EffectView {
  const { design, scale, against, step, weeks, levelBefore } = estimate
  const { level } = step
  const unit = scale === 'absolute' ? head.unit : null
  const seen =
    unit === null ? { value: estimate.effect!, low: estimate.low!, high: estimate.high!, level } : { ...estimate.difference, level }
  const verdict = effectVerdict(estimate)
  const checks = checksOf(placebos)
  const strength = evidenceStrength(design, checks)
  const basis = `${weeks.before} weeks before, ${weeks.after} after`
  const about: About = { ...head, changedAt: head.changedAt }
  const half = ((step.high - step.low) / 2) * FOUND_IN_FIVE
  const pretended = (check: Pretended<unknown>) => {
    const on = (value: number) => (scale === 'absolute' ? value : shareOf(value, scale)!)
    return { value: on(check.step.value), low: on(check.step.low), high: on(check.step.high), found: check.isFound }
  }
  const titles = new Map(told.controls.map(({ ref, title }) => [ref, title]))
  return {
    ...head,
    changedAt: formatInstant(head.changedAt),
    design,
    effect: estimate.effect,
    interval: unit === null ? { low: seen.low, high: seen.high, level } : null,
    verdict,
    n: weeks.before + weeks.after,
    weeks: { ...weeks, wanted: told.wanted },
    difference: { ...estimate.difference, level },
    levelBefore,
    detectable: unit === null ? shareOf(half, scale) : null,
    scale,
    against,
    controls: told.controls,
    leftOut: told.leftOut,
    placebo: {
      passed: checks.passed,
      inTime: placebos.inTime.map((check) => ({ at: told.startOf(check.of), ...pretended(check) })),
      inSpace: placebos.inSpace.map((check) => ({ ref: check.of, title: titles.get(check.of) ?? check.of, ...pretended(check) })),
      drift: placebos.drift && pretended(placebos.drift),
    },
    strength,
    sentence: effectSentence(about, verdict, seen, { unit, against: againstWords(against, estimate.controls.length), basis }),
    evidence: evidenceSentence(estimate, strength, checks),
    missing: [],
    points: told.points,
  }
}

/** An answer where there is not enough to compare: what is missing, and what would bring it. */
export function unknownView(
  head: EffectHead,
  missing: readonly Missing[],
  told: Pick<EffectView, 'points' | 'controls' | 'leftOut'> & { before: number; after: number; wanted: number },
): EffectView {
  const { before, after, wanted, ...rest } = told
  return {
    ...head,
    changedAt: formatInstant(head.changedAt),
    ...NOTHING_SEEN,
    design: told.controls.length > 0 ? 'comparison' : 'before_after',
    verdict: 'not_enough_data',
    n: before + after,
    weeks: { before, after, wanted },
    sentence: `Not enough data: ${missing.map(({ why }) => why).join('; ')}.`,
    evidence: 'No evidence either way.',
    missing: [...missing],
    ...rest,
  }
}

/** What is missing for at least the fewest weeks on both sides. */
export function missingWeeks({ before, after }: { before: number; after: number }, readyAt: string | null): Missing[] {
  const few = (side: 'before' | 'after', known: number, fewest: number, fix: string): Missing[] =>
    known >= fewest
      ? []
      : [
          {
            code: `effect.too_few_${side}`,
            why: `${known} whole week${known === 1 ? '' : 's'} with a value ${side} the day, at least ${fewest} are needed`,
            fix,
          },
        ]
  return [
    ...few('before', before, FEWEST_BEFORE, 'Choose a later day, or bring the past in: import or backfill the records before it.'),
    ...few(
      'after',
      after,
      FEWEST_AFTER,
      readyAt === null ? 'See that values go on coming in, and ask again then.' : `Ask again after ${readyAt.slice(0, 10)}.`,
    ),
  ]
}

/** What was expected beside what was seen. */
export function expectedOf(
  change: Change,
  by: Instant,
  { unit, effect, interval, difference }: EffectView,
): NonNullable<EffectView['expected']> {
  const relative = change.form === 'relative'
  const seen = relative ? (effect === null || !interval ? null : { value: effect, ...interval }) : difference
  const held = seen && againstExpected(change, seen)
  const words = (value: number) => signed(value, relative ? null : unit)
  const expected = `Expected ${words(change.p50)} (P10 to P90: ${words(change.p10)} to ${words(change.p90)})`
  return {
    ...change,
    by: formatInstant(by),
    held,
    sentence: held
      ? `${expected}; seen ${words(seen.value)}: ${heldWords(held, change)}.`
      : `${expected}; nothing can be held against it yet.`,
  }
}

function heldWords(held: NonNullable<NonNullable<EffectView['expected']>['held']>, { p10, p50, p90 }: Change): string {
  if (held === 'as_expected') return 'within what was expected'
  if (held === 'not_told_apart') return 'outside of it, though the data cannot tell the two apart'
  if (p10 <= 0 && p90 >= 0) return held === 'above' ? 'higher than expected' : 'lower than expected'
  return (held === 'above') === p50 > 0 ? 'more than was expected' : 'less than was expected'
}

/** An effect that an experiment has shown, or has not. */
export function experimentView(head: EffectHead, { ref, title, n, control, difference, level, isShown }: ExperimentSeen): EffectView {
  const share = (value: number) => value / control
  const isRelative = control > 0
  const { value, low, high } = difference
  const size = isRelative ? signed(share(value), null) : signed(value, head.unit)
  const range = isRelative
    ? `${signed(share(low), null)} to ${signed(share(high), null)}`
    : `${formatQuantity(low, head.unit)} to ${formatQuantity(high, head.unit)}`
  return {
    ...head,
    changedAt: formatInstant(head.changedAt),
    ...NOTHING_SEEN,
    design: 'experiment',
    effect: isRelative ? share(value) : null,
    interval: isRelative ? { low: share(low), high: share(high), level } : null,
    difference: { value, low, high, level },
    levelBefore: control,
    verdict: isShown ? 'effect' : 'no_effect',
    n,
    weeks: { before: 0, after: 0, wanted: 0 },
    against: 'other_arm',
    controls: [],
    leftOut: [],
    strength: 'strongest',
    sentence: `${isShown ? '' : 'No effect is shown: '}${whatWords(head)} was ${size} in the tried arm of the experiment “${title}” (${round(level * 100, 3)} %, valid at every look: ${range}; n = ${n.toLocaleString('en-GB')}).`,
    evidence: 'Strongest evidence: an experiment ran both ways at once, by a rule that was fixed before.',
    missing: [],
    points: [],
    experiment: ref,
  }
}

export interface ExperimentSeen {
  ref: string
  title: string
  n: number
  /** Mean of the control. */
  control: number
  difference: { value: number; low: number; high: number }
  level: number
  isShown: boolean
}
