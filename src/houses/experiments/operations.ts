import * as z from 'zod'
import { InstantSchema, operation, Reading, RefSchema } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { readExperiment } from './store.ts'

const Arm = z.object({ n: z.number().int(), mean: z.number().nullable() })

const ExperimentView = z.object({
  ref: z.string(),
  title: z.string(),
  hypothesis: z.string(),
  measure: z.string(),
  unit: z.string(),
  start: z.string(),
  end: z.string(),
  state: z.enum(['planned', 'running', 'supported', 'refuted', 'not_shown', 'harm', 'unknown']),
  /** The verdict in a sentence. */
  words: z.string(),
  control: Arm,
  treatment: Arm,
  test: z.object({
    /** Valid at every look. */
    p: z.number().nullable(),
    difference: z.number().nullable(),
    interval: z.object({ low: z.number(), high: z.number(), level: z.number() }).nullable(),
    /** When the rule first allowed to stop. */
    crossedAt: z.string().nullable(),
  }),
  guardrails: z.array(z.object({ measure: z.string(), reading: Reading, limit: z.string() })),
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
    output: ExperimentView,
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
    run: async ({ namespace, ...asked }, context: Ground) => {
      const entities = await context.catalog.list({ kind: 'experiment', namespace, limit: 200 }, asked.asOf)
      const experiments = []
      for (const { ref } of entities) experiments.push(await readExperiment(ref, asked, context))
      return { experiments }
    },
  }),
] as const
