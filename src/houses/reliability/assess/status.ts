import { type Instant, MINUTE, type Window } from '../../../ground/core/index.ts'
import type { Objective, Slo } from '../intent/model.ts'
import {
  type Budget,
  budgetOf,
  type BudgetState,
  type Burn,
  BURN_WINDOWS,
  burnRate,
  type BurnWindow,
  exhaustsAt,
  pace,
  stateOf,
} from './budget.ts'
import { addCounted, type Counted, countIn, type Minutes, minutesIn, NOTHING_COUNTED, without } from './minutes.ts'
import { errorOfOccurrences, LATE_MINUTES } from './occurrences.ts'
import { compositeSlices, errorOfSlices, type Slices, slicesOf, tellsSlices } from './slices.ts'
import { type Period, periodAt } from './windows.ts'

/** What is known of the objectives of a promise: counts of spans, or minutes that reach over all of them. */
export type SloEvidence = { counted: (objective: number, span: Window) => Counted } | { minutes: readonly Minutes[] }

/** What does not count. */
export interface Cuts {
  /** Spans of corrections. */
  corrections: readonly Window[]
  /** Before this nothing was ever said: silence is none of the service then. Null where silence counts neither way. */
  since: Instant | null
}

/** One objective of a promise in its window. */
export interface ObjectiveStatus {
  name: string
  target: number
  weight: number
  sli: number | null
  remaining: number | null
  n: number
}

/** Why nothing can be said. */
export type UnknownReason = 'no_samples' | 'too_few_events' | 'no_whole_slice' | 'minutes_gone'

/** A promise held against what happened. */
export interface Assessed {
  period: Period
  target: number
  /** Share of good; of a composite one minus what its objectives lost of their budgets. */
  sli: number | null
  budget: Budget
  burn: Burn
  /** Events in the window. */
  n: number
  state: BudgetState
  unknown?: UnknownReason
  exhaustsAt: Instant | null
  objectives: ObjectiveStatus[]
  /** Minutes of the window that count, and of which something was said. */
  coverage: { of: number; said: number }
}

/** The spans a promise is asked for at a moment: its window first, then those of its burn. */
export function spansOf(slo: Pick<Slo, 'window'>, at: Instant): Window[] {
  return [periodAt(slo.window, at), ...Object.values(BURN_WINDOWS).map((minutes) => ({ from: at - minutes * MINUTE, to: at }))]
}

/** What is left of a span when what does not count is cut out. */
export function countingIn(span: Window, { corrections, since }: Cuts): Window[] {
  return without(span, since === null ? corrections : [...corrections, { from: -Infinity, to: since }])
}

/** Status of a promise at a moment. */
export function assess(slo: Slo, at: Instant, cuts: Cuts, evidence: SloEvidence): Assessed {
  const period = periodAt(slo.window, at)
  const ask = asker(slo, period, cuts, evidence)
  const target = Math.min(...slo.objectives.map((objective) => objective.target))
  const window = ask(period)
  const burn = Object.fromEntries(
    Object.entries(BURN_WINDOWS).map(([name, minutes]) => [name, ask({ from: at - minutes * MINUTE, to: at }, LATE_MINUTES).spent]),
  ) as Record<BurnWindow, number | null> // one for each name
  const cutOut =
    minutesIn({ from: period.from, to: period.end }) - lengthOf(without({ from: period.from, to: period.end }, cuts.corrections))
  const budget = budgetOf(target, window.spent, period, cutOut)
  const exhausts = exhaustsAt(budget, pace(burn), period)
  return {
    period,
    target,
    sli: window.spent === null ? null : 1 - window.spent * (1 - target),
    budget,
    burn,
    n: window.n,
    state: stateOf(budget, exhausts, period),
    ...(window.spent === null ? { unknown: reasonOf(window, slo.leastEvents) } : {}),
    exhaustsAt: exhausts,
    objectives: window.objectives,
    coverage: window.coverage,
  }
}

/** Burn of a promise over a span that ends now, as `assess` tells it, and the events behind it. */
export function burnOver(slo: Slo, span: Window, cuts: Cuts, evidence: SloEvidence): Pick<SpanAnswer, 'spent' | 'n' | 'coverage'> {
  return asker(slo, periodAt(slo.window, span.to), cuts, evidence)(span, LATE_MINUTES)
}

function reasonOf({ n, gone }: SpanAnswer, leastEvents: number): UnknownReason {
  if (gone) return 'minutes_gone'
  if (n === 0) return 'no_samples'
  return n < leastEvents ? 'too_few_events' : 'no_whole_slice'
}

interface SpanAnswer {
  /** Share of the budget this span would spend if the whole window were like it: its burn. */
  spent: number | null
  n: number
  objectives: ObjectiveStatus[]
  coverage: { of: number; said: number }
  /** Set where its slices cannot be told, because their minutes are not known any more. */
  gone?: true
}

function asker(slo: Slo, period: Period, cuts: Cuts, evidence: SloEvidence): (span: Window, late?: number) => SpanAnswer {
  const { objectives, silence, leastEvents, method } = slo
  const counted = (objective: number, span: Window): Counted => {
    const spans = countingIn(span, cuts)
    if ('minutes' in evidence) return countIn(evidence.minutes[objective]!, spans)
    return spans.map((one) => evidence.counted(objective, one)).reduce(addCounted, NOTHING_COUNTED)
  }
  const statusOf = (objective: Objective, error: number | null, n: number): ObjectiveStatus => {
    const { name, target, weight } = objective
    const spent = error === null ? null : burnRate(target, error)!
    return { name, target, weight, sli: error === null ? null : 1 - error, remaining: spent === null ? null : 1 - spent, n }
  }
  const answer = (span: Window, errors: (counts: readonly Counted[]) => { of: (number | null)[]; spent: number | null }): SpanAnswer => {
    const counts = objectives.map((_, place) => counted(place, span))
    const n = counts.reduce((sum, { total }) => sum + total, 0)
    const { of, spent } = n < leastEvents ? { of: counts.map(() => null), spent: null } : errors(counts)
    return {
      spent,
      n,
      objectives: objectives.map((objective, place) => statusOf(objective, of[place]!, counts[place]!.total)),
      coverage: { of: counts[0]?.of ?? 0, said: Math.max(0, ...counts.map(({ said }) => said)) },
    }
  }
  if (method === 'occurrences' || !('minutes' in evidence))
    return (span, late) =>
      answer(span, (counts) => {
        const of = counts.map((one) => errorOfOccurrences(one, silence, late))
        return { of, spent: weighted(slo, of) }
      })
  const slices = objectives.map((objective, place) => {
    const minutes = evidence.minutes[place]!
    const span = { from: minutes.from, to: minutes.from + minutes.total.length * MINUTE }
    const anchor = slo.window.kind === 'calendar' ? period.from : 0
    return slicesOf(minutes, objective, method, { span, anchor, counting: countingIn(span, cuts) })
  })
  const all: Slices =
    slices.length === 1
      ? slices[0]!
      : compositeSlices(
          slices.map((one, place) => ({ ...one, weight: objectives[place]!.weight })),
          method,
        )
  const target = Math.min(...objectives.map((objective) => objective.target))
  return (asked, late) => {
    const span = late === undefined ? asked : wholeSlices(asked, all)
    if (objectives.some((objective, place) => !tellsSlices(evidence.minutes[place]!, objective, span)))
      return { ...answer(span, (counts) => ({ of: counts.map(() => null), spent: null })), gone: true }
    return answer(span, () => {
      const { error } = errorOfSlices(all, span, silence, late)
      return { of: slices.map((one) => errorOfSlices(one, span, silence, late).error), spent: burnRate(target, error) }
    })
  }
}

/** The last slices that are over by the end of a span and fill it, at least one: the present one tells nothing yet. */
function wholeSlices({ from, to }: Window, { from: anchor, length }: Slices): Window {
  const end = anchor + Math.floor((to - anchor) / length) * length
  return { from: end - Math.max(length, to - from), to: end }
}

/** A composite burns what its objectives burn, each times its weight (OpenSLO v1, "Composite SLO", Occurrences); a part that is unknown adds nothing. */
function weighted({ objectives, composite }: Slo, errors: readonly (number | null)[]): number | null {
  let spent: number | null = null
  for (const [place, error] of errors.entries()) {
    const { target, weight } = objectives[place]!
    if (error !== null) spent = (spent ?? 0) + (composite ? weight : 1) * burnRate(target, error)!
  }
  return spent
}

function lengthOf(spans: readonly Window[]): number {
  return spans.reduce((sum, span) => sum + minutesIn(span), 0)
}
