import * as z from 'zod'
import { type Caller, InstantSchema, operation, Reading, RefSchema } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { keepResult, listExperiments, readExperiment } from './store/index.ts'

const Arm = z.object({ n: z.number().int(), mean: z.number().nullable() })
const Chosen = z.object({
  subject: z.string().optional(),
  where: z.record(z.string(), z.string()).optional(),
  from: z.string().optional(),
  to: z.string().optional(),
})
const Tested = {
  /** Valid at every look. */
  p: z.number().nullable(),
  difference: z.number().nullable(),
  interval: z.object({ low: z.number(), high: z.number(), level: z.number() }).nullable(),
}
const Kept = z.object({
  state: z.enum(['supported', 'refuted', 'not_shown', 'harm', 'unknown', 'stopped']),
  words: z.string(),
  reason: z.string().optional(),
  at: z.string(),
  asOf: z.string(),
  control: z.number().int(),
  treatment: z.number().int(),
  difference: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  p: z.number().optional(),
})

const ExperimentView = z.object({
  ref: z.string(),
  title: z.string(),
  hypothesis: z.string(),
  measure: z.string(),
  unit: z.string(),
  start: z.string(),
  end: z.string(),
  /** What was fixed, as it was written. */
  rule: z.object({
    expect: z.enum(['higher', 'lower']),
    arms: z.object({ control: Chosen, treatment: Chosen }),
    effect: z.union([z.number(), z.string()]),
    end: z.string(),
    alpha: z.number(),
    least: z.number().int(),
    /** Also of one that is planned, whose guardrails nothing has read yet. */
    guardrails: z.array(z.object({ measure: z.string(), limit: z.string() })),
    /** When it was written down. */
    fixedAt: z.string(),
  }),
  state: z.enum(['planned', 'running', 'supported', 'refuted', 'not_shown', 'harm', 'unknown']),
  /** The verdict in a sentence. */
  words: z.string(),
  control: Arm,
  treatment: Arm,
  test: z.object({
    ...Tested,
    /** When the rule first allowed to stop. */
    crossedAt: z.string().nullable(),
  }),
  /** The smallest difference worth finding, in the unit of the measure; null when it cannot be read in it. */
  effect: z.number().nullable(),
  guardrails: z.array(z.object({ measure: z.string(), reading: Reading, limit: z.string(), holds: z.boolean().nullable() })),
  /** The result as somebody kept it. The rest is then what the records say of the same moment today. */
  kept: Kept.nullable(),
  serves: z.array(z.string()),
  decision: z.string().nullable(),
  reservations: z.array(z.string()),
  at: z.string(),
  asOf: z.string(),
})

const moments = { at: InstantSchema.optional(), asOf: InstantSchema.optional() }

export const experimentOperations = [
  operation({
    id: 'experiment.read',
    method: 'get',
    path: '/experiments/{ref+}',
    scope: 'read',
    summary:
      'How an experiment stands by the rule it began with: both arms, a test that may be looked at every day, guardrails, the verdict',
    input: z.object({ ref: RefSchema, ...moments }),
    output: ExperimentView.extend({
      /** What the test said at the end of each day, from the first value on. */
      looks: z.array(z.object({ at: z.string(), control: z.number().int(), treatment: z.number().int(), ...Tested })),
    }),
    run: ({ ref, ...asked }, context: Ground) => readExperiment(ref, asked, context),
  }),
  operation({
    id: 'experiment.list',
    method: 'get',
    path: '/experiments',
    scope: 'read',
    summary: 'All experiments of a namespace with how they stand',
    input: z.object({ namespace: z.string().trim().toLowerCase().max(63).default('default'), ...moments }),
    output: z.object({ experiments: z.array(ExperimentView) }),
    run: async ({ namespace, ...asked }, context: Ground) => ({
      experiments: (await listExperiments(namespace, asked, context)).map(({ looks: _looks, ...experiment }) => experiment),
    }),
  }),
  operation({
    id: 'experiment.keep',
    method: 'post',
    path: '/experiments/keep',
    scope: 'write',
    audit: 'experiment.keep',
    summary:
      'Keeps the result of an experiment with it, so that it outlives its records; one that still runs is stopped early, with a reason',
    input: z.strictObject({ ref: RefSchema, reason: z.string().trim().min(1).max(1_000).optional() }),
    output: z.object({ kept: Kept }),
    run: async ({ ref, reason }, context: Ground & { caller: Caller }) => ({ kept: await keepResult(ref, reason, context) }),
  }),
] as const
