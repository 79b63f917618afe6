import * as z from 'zod'
import { formatInstant, Unknown } from '../../../ground/core/index.ts'
import type { Correction } from '../intent/index.ts'
import type { SloStatus } from '../store/index.ts'

const Share = z.number().nullable()

export const CorrectionView = z.object({
  ref: z.string(),
  subjects: z.array(z.string()),
  from: z.string(),
  to: z.string(),
  reason: z.string(),
  by: z.string(),
})

/** How a promise stands, as the doors tell it. */
export const SloStatusView = z.object({
  slo: z.string(),
  title: z.string(),
  service: z.string(),
  /** Least share of good that is promised. */
  objective: z.number(),
  /** Name of the objective; `composite` where several make one. */
  objectiveName: z.string(),
  method: z.enum(['occurrences', 'timeslices', 'ratio_timeslices']),
  /** `to` is the moment asked about, `end` the end of a calendar period. */
  window: z.object({ from: z.string(), to: z.string(), end: z.string(), text: z.string() }),
  sli: Share,
  /** 1 untouched, 0 spent, negative overspent. */
  budgetRemaining: Share,
  /** In the middle of a calendar period: of the budget of the whole period. */
  budgetProjected: Share,
  /** Minutes of being wholly bad. */
  minutesLeft: Share,
  minutesTotal: z.number(),
  burn: z.object({ '5m': Share, '30m': Share, '1h': Share, '2h': Share, '6h': Share, '1d': Share, '3d': Share }),
  /** Events in the window. */
  n: z.number(),
  state: z.enum(['met', 'at_risk', 'missed', 'unknown']),
  unknown: Unknown.optional(),
  exhaustsAt: z.string().nullable(),
  lastAt: z.string().nullable(),
  /** Minutes of the window that count, and of which something was said. */
  coverage: z.object({ of: z.number(), said: z.number() }),
  objectives: z.array(z.object({ name: z.string(), target: z.number(), weight: z.number(), sli: Share, remaining: Share, n: z.number() })),
  corrections: z.array(CorrectionView),
  /** `hour` where minutes at a border of the window are not known any more, and have their share of their hour. */
  grain: z.literal('hour').optional(),
})
export type SloStatusView = z.infer<typeof SloStatusView>

export function statusView(status: SloStatus): SloStatusView {
  const { objective, target, window, budget, burn, exhaustsAt, lastAt, corrections, ...rest } = status
  return {
    ...rest,
    objective: target,
    objectiveName: objective,
    window: { from: formatInstant(window.from), to: formatInstant(window.to), end: formatInstant(window.end), text: window.text },
    budgetRemaining: budget.remaining,
    budgetProjected: budget.projected,
    minutesLeft: budget.minutesLeft,
    minutesTotal: budget.minutesTotal,
    burn: { ...burn },
    exhaustsAt: exhaustsAt === null ? null : formatInstant(exhaustsAt),
    lastAt: lastAt === null ? null : formatInstant(lastAt),
    corrections: corrections.map(correctionView),
  }
}

export function correctionView({ from, to, subjects, ...rest }: Correction): z.infer<typeof CorrectionView> {
  return { ...rest, subjects: [...subjects], from: formatInstant(from), to: formatInstant(to) }
}
