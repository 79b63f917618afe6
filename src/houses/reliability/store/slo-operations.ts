import * as z from 'zod'
import { formatInstant, InstantSchema, operation, RefSchema } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { Indicator, Slo } from '../intent/index.ts'
import { SEEN_DAYS, seenIndicators } from './indicators.ts'
import { slosOf, unreadSlosOf } from './slos.ts'

const SloView = z.object({
  ref: z.string(),
  title: z.string(),
  /** The component that promises. */
  service: z.string(),
  method: z.enum(['occurrences', 'timeslices', 'ratio_timeslices']),
  /** `28d`; `1M, calendar, Europe/Berlin`. */
  window: z.string(),
  composite: z.boolean(),
  objectives: z.array(
    z.object({
      name: z.string(),
      /** Least share of good. */
      target: z.number(),
      weight: z.number(),
      indicator: z.string(),
      /** Types of the systems that are asked for it; empty where samples are sent. */
      sources: z.array(z.string()),
    }),
  ),
  alertPolicies: z.array(z.string()),
  silence: z.enum(['unknown', 'good', 'bad']),
  leastEvents: z.number().int(),
})

export const sloOperations = [
  operation({
    id: 'slo.list',
    method: 'get',
    path: '/slos',
    scope: 'read',
    summary: 'What was promised: every SLO with its service, method, window, objectives and where its numbers come from',
    input: z.object({
      scope: z.string().trim().toLowerCase().max(63).optional(),
      service: RefSchema.optional(),
      asOf: InstantSchema.optional(),
    }),
    output: z.object({
      asOf: z.string(),
      slos: z.array(SloView),
      /** Documents that are kept and cannot be read. */
      unread: z.array(
        z.object({
          ref: z.string(),
          problems: z.array(z.object({ code: z.string(), message: z.string(), fix: z.string().optional(), path: z.string().optional() })),
        }),
      ),
    }),
    run: async (ask, { catalog }: Ground) => {
      const asOf = ask.asOf ?? (await catalog.present())
      return {
        asOf: formatInstant(asOf),
        slos: (await slosOf({ catalog }, ask)).map(sloView),
        unread: ask.service ? [] : await unreadSlosOf({ catalog }, ask),
      }
    },
  }),
  operation({
    id: 'sli.list',
    method: 'get',
    path: '/slis',
    scope: 'read',
    summary: 'Indicators of which samples came in the last four weeks, with their events: what can be promised',
    input: z.object({ scope: z.string().trim().toLowerCase().max(63).default('default'), service: RefSchema.optional() }),
    output: z.object({
      indicators: z.array(
        z.object({ service: z.string(), indicator: z.string(), good: z.number(), total: z.number(), lastAt: z.string() }),
      ),
      /** Over which the events were counted. */
      days: z.number().int(),
    }),
    run: async ({ scope, service }, { store, ledger, clock }: Ground) => {
      await ledger.fresh('sli')
      const seen = await seenIndicators(store, service ? { service } : { scope }, clock())
      return {
        indicators: seen.map(({ subject, lastAt, ...one }) => ({ ...one, service: subject, lastAt: formatInstant(lastAt) })),
        days: SEEN_DAYS,
      }
    },
  }),
] as const

function sloView({ alertPolicies, objectives, window, ...slo }: Slo): z.input<typeof SloView> {
  return {
    ...slo,
    window: window.kind === 'rolling' ? window.text : `${window.text}, calendar, ${window.zone}`,
    objectives: objectives.map(({ name, target, weight, indicator }) => ({
      name,
      target,
      weight,
      indicator: indicator.name,
      sources: sourcesOf(indicator),
    })),
    alertPolicies: [...alertPolicies],
  }
}

function sourcesOf({ metrics }: Indicator): string[] {
  if (metrics === null) return []
  const asked =
    metrics.kind === 'ratio' ? [metrics.good, metrics.bad, metrics.total] : metrics.kind === 'raw' ? [metrics.raw] : [metrics.threshold]
  return [...new Set(asked.flatMap((source) => source?.type ?? []))]
}
