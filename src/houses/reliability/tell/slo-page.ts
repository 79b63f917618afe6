import * as z from 'zod'
import { formatInstant, type Instant, Unknown } from '../../../ground/core/index.ts'
import { Annotation } from '../../../ground/measures/index.ts'
import type { SloPage } from '../store/slo-page.ts'
import { SloStatusView, statusView } from './status.ts'

/** One promise, told in full for one of its objectives. */
export const SloPageView = z.object({
  at: z.string(),
  asOf: z.string(),
  ref: z.string(),
  title: z.string(),
  service: z.string(),
  composite: z.boolean(),
  silence: z.enum(['unknown', 'good', 'bad']),
  leastEvents: z.number(),
  indicators: z.array(z.string()),
  statuses: z.array(SloStatusView),
  status: SloStatusView,
  /** The window in steps: what came, what was spent, what was left. */
  steps: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      good: z.number(),
      total: z.number(),
      spent: z.number(),
      remaining: z.number().nullable(),
    }),
  ),
  happened: z.array(Annotation),
  /** Successful deployments to production and what was spent until the next, the biggest spender first. */
  spenders: z.array(
    z.object({
      /** Null for what was spent before the first deployment of the window. */
      id: z.string().nullable(),
      of: z.string().nullable(),
      commit: z.string().nullable(),
      at: z.string(),
      until: z.string(),
      share: z.number(),
      minutes: z.number(),
    }),
  ),
  /** What the spent minutes are worth: what was at stake, not what was lost. */
  money: z.object({
    measure: z.string(),
    perMinute: z.number().nullable(),
    amount: z.number().nullable(),
    unit: z.string(),
    unknown: Unknown.optional(),
  }),
  outcomes: z.array(z.object({ ref: z.string(), title: z.string() })),
})
export type SloPageView = z.infer<typeof SloPageView>

export function sloPageView({ slo, statuses, status, steps, happened, spenders, money, outcomes }: SloPage, known: Instant): SloPageView {
  return {
    at: formatInstant(status.window.to),
    asOf: formatInstant(known),
    ref: slo.ref,
    title: slo.title,
    service: slo.service,
    composite: slo.composite,
    silence: slo.silence,
    leastEvents: slo.leastEvents,
    indicators: [...new Set(slo.objectives.map(({ indicator }) => indicator.name))],
    statuses: statuses.map(statusView),
    status: statusView(status),
    steps: steps.map(({ from, to, ...step }) => ({ from: formatInstant(from), to: formatInstant(to), ...step })),
    happened,
    spenders: spenders.map(({ at, until, ...spender }) => ({ ...spender, at: formatInstant(at), until: formatInstant(until) })),
    money,
    outcomes,
  }
}
