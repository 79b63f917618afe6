import * as z from 'zod'
import { Reading, Unknown } from '../../core/index.ts'

const Bucket = z.enum(['day', 'week', 'month'])

const Trend = z.object({
  /** Change of the value in one day. */
  perDay: z.number(),
  low: z.number(),
  high: z.number(),
  level: z.number(),
  /** Steady where the interval holds zero. */
  direction: z.enum(['rising', 'falling', 'steady']),
  /** The line at both ends: since the last change of level. */
  from: z.object({ at: z.string(), value: z.number() }),
  to: z.object({ at: z.string(), value: z.number() }),
  n: z.number().int(),
})

export const Change = z.object({
  at: z.string(),
  before: z.number(),
  after: z.number(),
  /** 1 minus the chance that noise alone looks like that. */
  confidence: z.number(),
  /** In standard deviations of the noise; null where there is no noise. */
  size: z.number().nullable(),
  /** Left out where nobody has said which way is better. */
  effect: z.enum(['better', 'worse']).optional(),
})
export type Change = z.infer<typeof Change>

const BackTest = z.object({
  /** Share of past forecasts whose interval held; null while none can be checked. */
  coverage: z.number().nullable(),
  /** Values held against their interval, and moments they were foretold from. */
  n: z.number().int(),
  origins: z.number().int(),
  meanError: z.number().nullable(),
  /** Of simply repeating the last week (year for months, value for weeks). */
  naiveError: z.number().nullable(),
})

/** A measure over time, as it is told. */
export const SeriesView = Reading.pick({
  measure: true,
  subject: true,
  dimensions: true,
  window: true,
  unit: true,
  n: true,
  excluded: true,
  covers: true,
  stale: true,
  forgotten: true,
  unknown: true,
  at: true,
  asOf: true,
}).extend({
  title: z.string(),
  question: z.string(),
  better: z.enum(['higher', 'lower']).optional(),
  zone: z.string(),
  /** Null where values stand as they came. */
  bucket: Bucket.nullable(),
  points: z.array(
    z.object({
      at: z.string(),
      to: z.string().optional(),
      value: z.number().nullable(),
      n: z.number().int(),
      low: z.number().optional(),
      high: z.number().optional(),
      quantiles: Reading.shape.quantiles,
      /** The window cuts the bucket short: nothing is concluded from it. */
      partial: z.literal(true).optional(),
    }),
  ),
  /** What a point is where it is no reading of its bucket: of measures that are sent in. */
  pointIs: z.string().optional(),
  /** What trend, changes and forecast go by. */
  step: Bucket,
  trend: Trend.nullable(),
  changes: z.array(Change),
  forecast: z.array(z.object({ at: z.string(), value: z.number(), low: z.number(), high: z.number(), level: z.number() })).optional(),
  backTest: BackTest.optional(),
  /** What could not be told, why, and what would make it known. */
  untold: z.array(Unknown.extend({ part: z.enum(['trend', 'changes', 'forecast']) })),
})
export type SeriesView = z.input<typeof SeriesView>
