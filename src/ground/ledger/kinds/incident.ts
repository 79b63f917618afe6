import * as z from 'zod'
import { TimestampSchema } from '../../core/index.ts'
import { common, Short } from './common.ts'

export const Incident = z.looseObject({
  kind: z.literal('incident'),
  ...common,
  title: Short,
  severity: Short.optional(),
  openedAt: TimestampSchema,
  acknowledgedAt: TimestampSchema.optional(),
  mitigatedAt: TimestampSchema.optional(),
  resolvedAt: TimestampSchema.optional(),
  /** Deployment id or commit. */
  causedBy: Short.optional(),
  /** Ids of the same incident elsewhere, `source/id`: counted once. */
  aliases: z.array(Short).max(100).optional(),
  url: z.url().max(2_000).optional(),
})
export type Incident = z.infer<typeof Incident>
