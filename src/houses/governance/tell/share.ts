import * as z from 'zod'

/** How releases passed the gate. */
export const ShareView = z.object({
  scope: z.string(),
  environment: z.string(),
  from: z.string(),
  to: z.string(),
  asOf: z.string(),
  words: z.string(),
  /** New deployments of the span. */
  releases: z.number().int(),
  /** Asked and were let go. */
  went: z.number().int(),
  /** Went out because somebody overrode the gate. */
  overrode: z.number().int(),
  /** Went out although they were held, or could not be judged. */
  against: z.number().int(),
  /** Nobody asked. */
  unasked: z.number().int(),
  /** Questions put to the gate. */
  asks: z.number().int(),
  held: z.number().int(),
  failedLater: z.number().int(),
  waitingHours: z.number(),
  open: z.number().int(),
  /** Those that went round the gate, newest first. */
  listed: z.array(
    z.object({
      component: z.string(),
      id: z.string(),
      commit: z.string(),
      at: z.string(),
      failed: z.boolean(),
      passage: z.enum(['went', 'overrode', 'against', 'unasked']),
    }),
  ),
})
export type ShareView = z.infer<typeof ShareView>
