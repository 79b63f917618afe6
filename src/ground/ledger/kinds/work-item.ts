import * as z from 'zod'
import { common, Moment, Short } from './common.ts'

export const WorkItem = z.looseObject({
  kind: z.literal('work_item'),
  ...common,
  title: Short,
  type: Short.optional(),
  state: Short,
  createdAt: Moment,
  startedAt: Moment.optional(),
  doneAt: Moment.optional(),
  parent: Short.optional(),
  labels: z.array(Short).max(1_000).optional(),
  points: z.number().min(0).optional(),
  url: z.url().max(2_000).optional(),
  refs: z.array(Short).max(1_000).optional(),
  /** Other names of it in its own tracker: former keys, ids. Whoever names one of them names it. */
  aliases: z.array(Short).max(200).optional(),
})
export type WorkItem = z.infer<typeof WorkItem>
