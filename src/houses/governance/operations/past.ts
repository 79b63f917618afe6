import * as z from 'zod'
import {
  DAY,
  formatInstant,
  formatWindow,
  type Instant,
  InstantSchema,
  operation,
  Refusal,
  type Window,
} from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { momentInput } from '../../vision/index.ts'
import { gateShare, policyFrom, tryPolicy } from '../store/index.ts'
import { ShareView } from '../tell/share.ts'
import { TrialView } from '../tell/trial.ts'
import { Environment } from './fields.ts'

/** The gate held against the past: who passed it how, and what another policy would have done. */
export const pastOperations = [
  operation({
    id: 'gate.share',
    method: 'get',
    path: '/gate/share',
    scope: 'read',
    keep: true,
    summary: 'How the releases of a span passed the gate: asked, overridden, against it or past it; what it held, caught and cost',
    input: z.object({
      scope: momentInput.scope,
      environment: Environment,
      from: InstantSchema.optional(),
      to: InstantSchema.optional(),
      asOf: InstantSchema.optional(),
    }),
    output: ShareView,
    run: async ({ scope, environment, from, to, asOf }, context: Ground) => {
      const now = await context.ledger.present()
      const known = Math.min(asOf ?? now, now)
      const window = spanOf({ from, to }, known, 28)
      const share = await gateShare({ scope, environment, window, asOf: known }, context)
      return { scope, environment, ...formatWindow(window), asOf: formatInstant(known), ...share }
    },
  }),
  operation({
    id: 'gate.try',
    method: 'post',
    path: '/gate/try',
    scope: 'read',
    summary:
      'What a gate or budget policy would have done to past releases, each judged by what was known when it went out: held, caught, cost in days',
    input: z.object({
      /** The policy as YAML or JSON; nothing of it is kept. */
      policy: z.string().min(1).max(200_000),
      from: InstantSchema.optional(),
      to: InstantSchema.optional(),
      /** `now` judges by what is known today of each moment: for what was brought in from elsewhere. */
      known: z.enum(['then', 'now']).default('then'),
    }),
    output: TrialView,
    run: async ({ policy, from, to, known }, context: Ground) => {
      const begun = performance.now()
      const now = await context.ledger.present()
      const tried = await tryPolicy(policyFrom(policy, now, context), { ...spanOf({ from, to }, now, 90), known, now }, context)
      return { ...tried, seconds: Math.round(performance.now() - begun) / 1_000 }
    },
  }),
] as const

/** A span in days back from its end where its beginning is left out. */
function spanOf({ from, to }: { from?: Instant; to?: Instant }, now: Instant, days: number): Window {
  const end = to ?? now
  const window = { from: from ?? end - days * DAY, to: end }
  if (window.from >= window.to)
    throw new Refusal('gate.empty_span', 'Nothing lies in this span: it ends before it begins.', {
      fix: 'Give a "from" before "to".',
      path: 'from',
    })
  return window
}
