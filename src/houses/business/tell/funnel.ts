import * as z from 'zod'
import { Unknown } from '../../../ground/core/index.ts'
import { wilsonInterval } from '../../../ground/measures/index.ts'
import type { FunnelCounts } from '../store/index.ts'

const Step = z.object({
  event: z.string(),
  people: z.number().int(),
  /** Of those who began. */
  share: z.number().nullable(),
  interval: z.object({ low: z.number(), high: z.number(), level: z.number() }).optional(),
  /** Of those of the step before; null for the first. */
  fromBefore: z.number().nullable(),
  /** People of the step before who did not come here. */
  lost: z.number().int(),
})

/** A funnel step by step: how many came, and where they left. */
export const FunnelView = z.object({
  measure: z.string(),
  title: z.string(),
  question: z.string(),
  subject: z.string(),
  /** Time everybody has from the first step on. */
  within: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  at: z.string(),
  asOf: z.string(),
  steps: z.array(Step),
  /** The step most people are lost before. */
  biggestDrop: z.string().nullable(),
  excluded: z.array(z.object({ code: z.string(), count: z.number().int() })),
  /** Set when nobody began. */
  unknown: Unknown.optional(),
})
export type FunnelView = z.infer<typeof FunnelView>

const LEVEL = 0.95

/** The steps of a funnel with their drop-off. */
export function funnelSteps(
  events: readonly string[],
  { steps, open }: FunnelCounts,
): Pick<FunnelView, 'steps' | 'biggestDrop' | 'excluded'> {
  const began = steps[0] ?? 0
  const told = events.map((event, index): z.infer<typeof Step> => {
    const people = steps[index] ?? 0
    const before = index === 0 ? null : steps[index - 1]!
    const interval = index === 0 ? null : wilsonInterval(people, began, LEVEL)
    return {
      event,
      people,
      share: began === 0 ? null : people / began,
      ...(interval ? { interval } : {}),
      fromBefore: before === null || before === 0 ? null : people / before,
      lost: before === null ? 0 : before - people,
    }
  })
  const worst = told.slice(1).reduce<z.infer<typeof Step> | null>((most, step) => (isWorse(step, most) ? step : most), null)
  return {
    steps: told,
    biggestDrop: worst?.event ?? null,
    excluded: open > 0 ? [{ code: 'still_open', count: open }] : [],
  }
}

/** Whether more people are lost before a step; of two that lose as many, the one with the fewest before it. */
function isWorse(step: z.infer<typeof Step>, most: z.infer<typeof Step> | null): boolean {
  if (step.lost === 0) return false
  return most === null || step.lost > most.lost || (step.lost === most.lost && (step.fromBefore ?? 1) < (most.fromBefore ?? 1))
}
