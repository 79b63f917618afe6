import { commonOf, without } from './common.ts'
import type { Compared, EffectEstimate } from './estimate.ts'
import { type Step, stepOf } from './step.ts'

/** A check where nothing was done: at a day before, or with somebody untouched taken for the touched. */
export interface Pretended<Of> {
  of: Of
  step: Step
  /** Further from nothing than chance explains, all checks of this sort taken together. */
  isFound: boolean
}

/** Share of sets of checks that may find something by chance alone. */
const CHANCE = 0.05
/** Weeks on each side of a pretended day. */
const FEWEST = 4
/** Where the weeks before are cut for pretended days. */
const SHARES = [1 / 3, 1 / 2, 2 / 3]

export interface Placebos {
  /** At weeks before the change. */
  inTime: Pretended<number>[]
  /** With each untouched subject against the others. */
  inSpace: Pretended<string>[]
  /** Drift a week, before the change, away from what it is held against; null where that is its own trend or weeks are few. */
  drift: Pretended<'drift'> | null
}

/** Looks for effects where there can be none: what is found there is no effect, and casts doubt on what was found here. */
export function placebosOf({ compared, step: { level } }: EffectEstimate): Placebos {
  return { inTime: inTime(compared, level), inSpace: inSpace(compared, level), drift: driftOf(compared, level) }
}

function inTime({ distance, alike, trend, cut }: Compared, level: number): Pretended<number>[] {
  const before = distance.slice(0, cut)
  const known = before.flatMap((value, week) => (value === null ? [] : [week]))
  const cuts = [...new Set(SHARES.flatMap((share) => known[Math.round(share * known.length)] ?? []))].filter(
    (week) => known.filter((one) => one < week).length >= FEWEST && known.filter((one) => one >= week).length >= FEWEST,
  )
  const witnesses = alike.map((one) => one.slice(0, cut))
  return judged(cuts.map((week) => [week, stepOf(before, { cut: week, trend, alike: witnesses, level })]))
}

/** Needs three for the answer to be about one of them. */
function inSpace({ others, cut }: Compared, level: number): Pretended<string>[] {
  if (others.length < 3) return []
  return judged(
    others.map(({ subject, values }) => {
      const rest = others.filter((other) => other.subject !== subject).map((other) => other.values)
      const common = commonOf(rest)
      return [subject, stepOf(without(values, common), { cut, level, alike: rest.map((other) => without(other, common)) })]
    }),
  )
}

/** Lines that were not parallel before would not have been after. */
function driftOf({ distance, alike, trend, cut }: Compared, level: number): Pretended<'drift'> | null {
  if (trend) return null
  const witnesses = alike.map((one) => one.slice(0, cut))
  const step = stepOf(distance.slice(0, cut), { cut, shape: (week) => week, alike: witnesses, level })
  return judged([['drift' as const, step]])[0] ?? null
}

function judged<Of>(steps: readonly (readonly [Of, Step | null])[]): Pretended<Of>[] {
  const found = steps.flatMap(([of, step]) => (step ? [{ of, step }] : []))
  return found.map(({ of, step }) => ({ of, step, isFound: step.p < CHANCE / found.length }))
}
