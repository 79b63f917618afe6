import * as z from 'zod'

/** Why a number is not known, and what would make it known. */
export const Unknown = z.object({
  /** Stable: `no_data`, `no_deployments`, `no_previous_deployment`, `beyond_retention`, `not_registered`, … */
  code: z.string(),
  why: z.string(),
  fix: z.string(),
})
export type Unknown = z.infer<typeof Unknown>

/** The answer to a measure: a value, or unknown with the reason. Unknown is never 0. CONTRACTS: readings. */
export const Reading = z.object({
  measure: z.string(),
  /** What it is about; `namespace:default` stands for all of a namespace. */
  subject: z.string(),
  dimensions: z.record(z.string(), z.string()),
  window: z.object({ from: z.string(), to: z.string() }),
  bucket: z.enum(['day', 'week', 'month']).optional(),
  value: z.number().nullable(),
  unit: z.string(),
  quantiles: z.object({ p50: z.number(), p75: z.number(), p90: z.number() }).optional(),
  unknown: Unknown.optional(),
  /** Records the value rests on. */
  n: z.number().int(),
  excluded: z.array(z.object({ code: z.string(), count: z.number().int() })),
  /** Wilson for shares, order statistics for quantiles. */
  interval: z.object({ low: z.number(), high: z.number(), level: z.number() }).optional(),
  /** For roll-ups: how many subjects there are and how many had data. */
  covers: z.object({ subjects: z.number().int(), withData: z.number().int() }).optional(),
  /** Sources that have gone silent. */
  stale: z.array(z.string()).optional(),
  /** Records of this window that retention forgot: what was derived from them before is still counted. */
  forgotten: z.object({ records: z.number().int(), before: z.string() }).optional(),
  at: z.string(),
  asOf: z.string(),
})
export type Reading = z.infer<typeof Reading>

/** One record behind a reading. */
export const Row = z.object({
  /** `<kind>:<source>/<id>` */
  id: z.string(),
  subject: z.string(),
  /** Whose record it is, where that is not `subject`: a change of a repository counts for the components in it. */
  recordOf: z.string().optional(),
  value: z.number().nullable(),
  unit: z.string(),
  /** When it counts, RFC 3339. */
  at: z.string().optional(),
  title: z.string().optional(),
  url: z.string().optional(),
  parts: z.record(z.string(), z.number().nullable()),
  /** `of`: whose record `to` is, since two subjects may have records of one id. */
  links: z.array(z.object({ to: z.string(), of: z.string().optional(), type: z.string(), method: z.string(), confidence: z.number() })),
  /** What is odd about it: `authored_after_merge`, `merged_from:github`, … */
  flags: z.array(z.string()),
  /** Why it does not count, when it does not. */
  excluded: z.string().optional(),
})
export type Row = z.infer<typeof Row>

/** Everything that decides a reading. Two clocks: `at` limits when it happened, `asOf` when we knew it. */
export interface ReadingAsk {
  measure: string
  /** A ref, or `namespace:<name>` for all of a namespace. */
  subject?: string
  /** Filters on dimensions, for example `environment: 'production'`. */
  where?: Record<string, string>
  from?: number
  to?: number
  at?: number
  asOf?: number
  zone?: string
}
