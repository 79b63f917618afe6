import * as z from 'zod'

const Interval = z.object({ low: z.number(), high: z.number(), level: z.number() })

/** A change found where nothing was done, as a share (a difference where there are no shares), with its interval. */
const Pretended = z.object({ value: z.number(), low: z.number(), high: z.number(), found: z.boolean() })

const Missing = z.object({ code: z.string(), why: z.string(), fix: z.string() })

/** What changed since a day, by the strongest design the data allow. */
export const EffectView = z.object({
  measure: z.string(),
  title: z.string(),
  unit: z.string(),
  better: z.enum(['higher', 'lower']).optional(),
  quantile: z.enum(['p50', 'p75', 'p90']).optional(),
  subject: z.string(),
  subjectTitle: z.string(),
  /** The moment of the change. */
  changedAt: z.string(),
  design: z.enum(['experiment', 'comparison', 'before_after']),
  /** Relative change: -0.2 for a fifth less. Null where it is not known, or where the level before has no share. */
  effect: z.number().nullable(),
  interval: Interval.nullable(),
  verdict: z.enum(['effect', 'no_effect', 'not_enough_data']),
  /** Whole weeks with values, before and after; values in both arms for an experiment. */
  n: z.number().int(),
  weeks: z.object({ before: z.number().int(), after: z.number().int(), wanted: z.number().int() }),
  /** The same in the unit of the measure. */
  difference: Interval.extend({ value: z.number() }).nullable(),
  levelBefore: z.number().nullable(),
  /** Share that would have been found four times in five. */
  detectable: z.number().nullable(),
  scale: z.enum(['log', 'share', 'absolute']).nullable(),
  against: z.enum(['controls', 'year_before', 'own_trend', 'other_arm']).nullable(),
  controls: z.array(z.object({ ref: z.string(), title: z.string() })),
  leftOut: z.array(z.object({ ref: z.string(), why: z.string() })),
  /** Checks where nothing was done; null where it is an experiment or there was nothing to check. */
  placebo: z
    .object({
      passed: z.boolean().nullable(),
      inTime: z.array(Pretended.extend({ at: z.string() })),
      inSpace: z.array(Pretended.extend({ ref: z.string(), title: z.string() })),
      /** Drift a week before the change. */
      drift: Pretended.nullable(),
    })
    .nullable(),
  strength: z.enum(['strongest', 'stronger', 'weaker', 'weakest']).nullable(),
  /** The answer. */
  sentence: z.string(),
  /** How far it can be trusted, and why. */
  evidence: z.string(),
  missing: z.array(Missing),
  /** What was expected beside what was seen. */
  expected: z
    .object({
      form: z.enum(['relative', 'absolute']),
      p10: z.number(),
      p50: z.number(),
      p90: z.number(),
      by: z.string(),
      held: z.enum(['as_expected', 'below', 'above', 'not_told_apart']).nullable(),
      sentence: z.string(),
    })
    .optional(),
  /** Week by week, 100 being the level before (the unit of the measure where there are no shares). */
  points: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      treated: z.number().nullable(),
      expected: z.number().nullable(),
      /** Where the expected line would lie with the change, after it. */
      low: z.number().nullable(),
      high: z.number().nullable(),
      value: z.number().nullable(),
      n: z.number().int(),
    }),
  ),
  experiment: z.string().optional(),
  window: z.object({ from: z.string(), to: z.string() }),
  at: z.string(),
  asOf: z.string(),
})
export type EffectView = z.infer<typeof EffectView>
export type Missing = z.infer<typeof Missing>

/** What an investment was worth: its first effect, and the others beside it. */
export const InvestmentEffect = EffectView.extend({
  investment: z.object({
    ref: z.string(),
    title: z.string(),
    status: z.string(),
    peopleWeeks: z.number().nullable(),
    money: z.object({ amount: z.number(), currency: z.string() }).nullable(),
  }),
  also: z.array(EffectView),
})
export type InvestmentEffect = z.infer<typeof InvestmentEffect>
