import * as z from 'zod'
import { Reading } from '../../../ground/core/index.ts'
import { AUTHOR_KINDS } from '../assess/index.ts'

/** Measures told of each cohort, in order. */
export const OF_COHORTS = ['delivery.change_lead_time', 'delivery.review_wait', 'delivery.change_size'] as const

export const CohortsView = z.object({
  asOf: z.string(),
  /** The measures of each cohort, in the order of its readings. */
  measures: z.array(z.string()),
  cohorts: z.array(z.object({ kind: z.enum(AUTHOR_KINDS), readings: z.array(Reading) })),
})
export type CohortsView = z.infer<typeof CohortsView>
