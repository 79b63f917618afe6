import * as z from 'zod'
import { common, Moment, Name, Sha, Short } from './common.ts'

export const Deployment = z.looseObject({
  kind: z.literal('deployment'),
  ...common,
  environment: Name.default('production'),
  commit: Sha,
  /** All that it newly contains. */
  commits: z.array(Sha).max(100_000).optional(),
  startedAt: Moment.optional(),
  finishedAt: Moment,
  outcome: z.enum(['success', 'failure', 'cancelled']),
  planned: z.boolean().optional(),
  /** Incident id it fixes. */
  fixes: Short.optional(),
  /** Deployment id it rolls back. */
  rollbackOf: Short.optional(),
  artifact: Short.optional(),
  /** How sure an inferred deployment is, 0 to 1: a lightweight tag says less than an annotated one. */
  confidence: z.number().min(0).max(1).optional(),
  url: z.url().max(2_000).optional(),
})
export type Deployment = z.infer<typeof Deployment>
