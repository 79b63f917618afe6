import * as z from 'zod'
import { DateText, expectationFields, MeasureId, QuantityText, RefText, StatedLinks, SubjectText } from '../../../ground/catalog/index.ts'

/** The change of a measure that is expected by a day; all three relative (`-30%`) or all three in its unit. @decision 0028 */
const EffectSpec = z.strictObject({
  measure: MeasureId,
  /** What the measure is read for; left out: what the outcome it serves is measured for. */
  subject: SubjectText.optional(),
  quantile: z.enum(['p50', 'p75', 'p90']).optional(),
  /** One time in ten the change is smaller than this number (further left, not less good). */
  p10: QuantityText,
  p50: QuantityText,
  p90: QuantityText,
  by: DateText,
})

/** What it takes; a part that is left out is not needed. */
const CostSpec = z
  .strictObject({
    peopleWeeks: z.number().min(0).max(1_000_000).optional(),
    money: z
      .strictObject({
        amount: z.number().min(0).max(1e15),
        currency: z.string().regex(/^[A-Z]{3}$/, 'a currency is three capital letters, for example EUR'),
      })
      .optional(),
  })
  .refine(({ peopleWeeks, money }) => peopleWeeks !== undefined || money !== undefined, 'state peopleWeeks, money or both')

/** Something people and money go into, with what it is expected to change. */
export const InvestmentSpec = z.strictObject({
  statement: z.string().trim().min(1).max(2_000),
  /** Keeping what runs running, making it better, or something new. */
  kind: z.enum(['run', 'improve', 'new']),
  status: z.enum(['proposed', 'chosen', 'running', 'done', 'stopped']).default('proposed'),
  serves: z.array(RefText('outcome')).max(20).default([]),
  effects: z.array(EffectSpec).max(20).default([]),
  cost: CostSpec.optional(),
  /** Customers or events it touches in a quarter, for RICE. */
  reach: z.number().min(0).max(1e12).optional(),
  /** How sure its owner is of the effects, above 0 and at most 1, for RICE. */
  confidence: z.number().gt(0).max(1).optional(),
  /** What has to be done, or chosen with it. */
  dependsOn: z.array(RefText('investment')).max(50).default([]),
  /** What cannot be chosen beside it. */
  excludes: z.array(RefText('investment')).max(50).default([]),
  start: DateText.optional(),
  /** The day it was finished: from then on its effect is looked for. */
  end: DateText.optional(),
  /** Subjects it does not touch, to compare with. */
  controls: z.array(SubjectText).max(100).default([]),
  ...expectationFields,
  owner: RefText('group').optional(),
  links: StatedLinks.optional(),
})
export type InvestmentSpec = z.infer<typeof InvestmentSpec>
export type EffectSpec = z.infer<typeof EffectSpec>
