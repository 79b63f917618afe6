import * as z from 'zod'
import { common, Moment, Short } from './common.ts'

export const Incident = z.looseObject({
  kind: z.literal('incident'),
  ...common,
  title: Short,
  severity: Short.optional(),
  openedAt: Moment,
  acknowledgedAt: Moment.optional(),
  mitigatedAt: Moment.optional(),
  resolvedAt: Moment.optional(),
  /** Deployment id or commit. */
  causedBy: Short.optional(),
  /** Ids of the same incident elsewhere, `source/id`: counted once. */
  aliases: z.array(Short).max(100).optional(),
  url: z.url().max(2_000).optional(),
})
export type Incident = z.infer<typeof Incident>
