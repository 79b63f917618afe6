import { dayWords, formatQuantity, parseQuantity } from '../../../../ground/core/index.ts'
import type { QuantityWritten } from '../../intent/fields.ts'
import type { OutcomeIntent } from '../../intent/intents.ts'
import { directionOf, reaches } from '../direction.ts'
import { type MeasureFacts, type Page, type Remark, remark, type Today, type Unjudged } from './page.ts'

/** What is missing in an outcome: each on its own, because each is mended on its own. */
export function incomplete({ outcomes, measures, gone }: Page): Remark[] {
  return outcomes.flatMap(({ ref, title, measure, baseline, target, owner }) => {
    const found: Remark[] = []
    if (!measure)
      found.push(
        remark(
          ref,
          'no_measure',
          `"${title}" has ${target ? 'a target but ' : ''}no measure`,
          'Name the measure that will show it.',
          'spec.measure',
        ),
      )
    else found.push(...unanswered(ref, `"${title}" is measured by`, measure, 'spec.measure', { measures, gone }))
    if (!target)
      found.push(remark(ref, 'no_target', `"${title}" has no target and no date`, 'Say which value by which day.', 'spec.target'))
    if (!baseline)
      found.push(
        remark(
          ref,
          'no_baseline',
          `"${title}" has no baseline, so nobody can tell how far it has come`,
          'Write the value it started from and the day that was read (spec.baseline).',
          'spec.baseline',
        ),
      )
    if (!owner)
      found.push(remark(ref, 'no_owner', `Nobody owns "${title}"`, 'Name the group that answers for it (spec.owner).', 'spec.owner'))
    return found
  })
}

/** A measure that nothing answers: never declared, or gone. */
export function unanswered(
  ref: string,
  says: string,
  measure: string,
  path: string,
  { measures, gone }: Pick<Page, 'measures' | 'gone'>,
): Remark[] {
  if (measures.has(measure.toLowerCase())) return []
  const since = gone.get(measure.toLowerCase())
  return since === undefined
    ? [
        remark(
          ref,
          'measure_unknown',
          `${says} ${measure}, which nothing answers yet`,
          'Declare a measure of that name, push measurements of it, or choose one from the list.',
          path,
        ),
      ]
    : [
        remark(
          ref,
          'measure_gone',
          `${says} ${measure}, which was taken away on ${dayWords(since)}`,
          'Declare it again, or choose another measure and read the baseline anew.',
          path,
        ),
      ]
}

/** Quantities nobody can hold against the measure they belong to. */
export function otherUnits({ outcomes, principles, measures }: Page): Remark[] {
  const misread = (
    ref: string,
    rule: string,
    what: string,
    measure: string | undefined,
    written: QuantityWritten | undefined,
    path: string,
  ) => {
    const known = measure === undefined ? undefined : measures.get(measure.toLowerCase())
    if (!known || written === undefined) return []
    const read = parseQuantity(written, known.unit)
    if (read.ok) return []
    return [
      remark(
        ref,
        rule,
        `${what} is ${written}, but ${known.title} is measured in ${UNIT_WORDS[known.unit] ?? known.unit}`,
        read.problems[0]!.fix ?? `Write it in ${known.unit}, or choose the measure that was meant.`,
        path,
      ),
    ]
  }
  return [
    ...outcomes.flatMap(({ ref, title, measure, target, baseline, guardrails }) => [
      ...misread(ref, 'target_unit', `The target of "${title}"`, measure, target?.value, 'spec.target.value'),
      ...misread(ref, 'baseline_unit', `The baseline of "${title}"`, measure, baseline?.value, 'spec.baseline.value'),
      ...guardrails.flatMap((rail, index) =>
        (['atMost', 'atLeast'] as const).flatMap((side) =>
          misread(ref, 'limit_unit', `A guardrail of "${title}"`, rail.measure, rail[side], `spec.guardrails.${index}.${side}`),
        ),
      ),
    ]),
    ...principles.flatMap(({ ref, title, signals }) =>
      signals.flatMap((signal, index) =>
        (['atMost', 'atLeast'] as const).flatMap((side) =>
          misread(ref, 'limit_unit', `A signal of "${title}"`, signal.measure, signal[side], `spec.signals.${index}.${side}`),
        ),
      ),
    ),
  ]
}

const UNIT_WORDS: Record<string, string> = { s: 'time', ratio: 'shares (0 to 1, or per cent)', '1/d': 'times a day' }

/** Days in an order in which nothing can be reached. */
export function crossedDates({ vision, outcomes, at }: Page): Remark[] {
  return outcomes.flatMap(({ ref, title, baseline, target }) => {
    const found: Remark[] = []
    const crossed = (message: string, fix: string, path: string) => void found.push(remark(ref, 'dates_cross', message, fix, path))
    if (baseline && target && target.by <= baseline.at)
      crossed(
        `"${title}" is due on ${dayWords(target.by - 1)}, before its baseline of ${dayWords(baseline.at)}`,
        'Check the two dates: the baseline is read first.',
        'spec.target.by',
      )
    if (baseline && baseline.at > at)
      crossed(
        `The baseline of "${title}" is dated ${dayWords(baseline.at)}, a day nobody has seen yet`,
        'Write the day on which the value was read.',
        'spec.baseline.at',
      )
    if (vision?.horizon !== undefined && target && target.by > vision.horizon && vision.outcomes.includes(ref))
      crossed(
        `"${title}" is due on ${dayWords(target.by - 1)}, after the vision ends on ${dayWords(vision.horizon - 1)}`,
        'Set a nearer date, or let the vision look further ahead.',
        'spec.target.by',
      )
    return found
  })
}

/** Targets that ask for less than what is there already, and those of which that cannot be told. */
export function easyTargets({ outcomes, measures, today, at }: Page): { remarks: Remark[]; unjudged: Unjudged[] } {
  const remarks: Remark[] = []
  const unjudged: Unjudged[] = []
  for (const outcome of outcomes) {
    const known = outcome.measure === undefined ? undefined : measures.get(outcome.measure.toLowerCase())
    // Once its date has passed a target is met or missed, and no longer easy or hard.
    if (!known || !outcome.target || outcome.target.by <= at) continue
    const easy = easier(outcome, known, today.get(outcome.ref))
    if (easy.kind === 'easy') remarks.push(easy.remark)
    else if (easy.kind === 'unknown') unjudged.push({ rule: 'lint.target_easier', ref: outcome.ref, why: easy.why, fix: easy.fix })
  }
  return { remarks, unjudged }
}

type Easy = { kind: 'easy'; remark: Remark } | { kind: 'hard' } | { kind: 'unknown'; why: string; fix: string }

function easier(
  { ref, title, target: stated, baseline: start }: OutcomeIntent,
  { title: measured, unit, better }: MeasureFacts,
  today: Today | undefined,
): Easy {
  const target = stated && parseQuantity(stated.value, unit)
  const baseline = start && parseQuantity(start.value, unit)
  if (!target?.ok) return { kind: 'hard' }
  const from = baseline?.ok ? baseline.value : null
  const direction = directionOf(better, from, target.value)
  const easy = (what: string, fix = 'Set a target that takes work to reach; what is only to be held is a guardrail.'): Easy => ({
    kind: 'easy',
    remark: remark(
      ref,
      'target_easier',
      `The target of "${title}" is ${formatQuantity(target.value, unit)}, ${what}`,
      fix,
      'spec.target.value',
    ),
  })
  if (direction === null)
    return from === null
      ? {
          kind: 'unknown',
          why: `Nobody has said which way is better for "${title}".`,
          fix: 'Write spec.better into its measure, or a baseline.',
        }
      : easy(`no harder than its baseline of ${formatQuantity(from, unit)}`)
  if (better && from !== null && from !== target.value && reaches(from, target.value, better))
    return easy(
      `worse than its baseline of ${formatQuantity(from, unit)}: of ${measured} ${better === 'higher' ? 'more' : 'less'} is better`,
      'Turn the target round, or say in the measure that the other way is better (spec.better).',
    )
  if (from !== null && reaches(from, target.value, direction)) return easy(`no harder than its baseline of ${formatQuantity(from, unit)}`)
  if (!today || today.value === null)
    return {
      kind: 'unknown',
      why: today?.why ?? `Nothing is known of "${title}" today.`,
      fix: today?.fix ?? 'Bring the records its measure rests on.',
    }
  // By luck a value may touch its target; with its interval wholly beyond, the target asks for nothing any more.
  const least = today.interval ? (direction === 'higher' ? today.interval.low : today.interval.high) : today.value
  return today.value !== target.value && reaches(least, target.value, direction)
    ? easy(`easier than today's ${formatQuantity(today.value, unit)}`)
    : { kind: 'hard' }
}
