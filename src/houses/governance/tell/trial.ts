import * as z from 'zod'
import { Verdict } from '../decide/index.ts'

/** What a policy would have done to the releases of a span. */
export const TrialView = z.object({
  policy: z.object({ ref: z.string().nullable(), title: z.string(), environment: z.string() }),
  from: z.string(),
  to: z.string(),
  /** Judged by what was known when each release went out, or by what is known today of that time. */
  known: z.enum(['then', 'now']),
  asOf: z.string(),
  /** The answer as a sentence. */
  words: z.string(),
  /** What a careful reader wants to know. */
  notes: z.array(z.string()),
  releases: z.number().int(),
  /** Those that are known today to have failed. */
  failed: z.number().int(),
  held: z.number().int(),
  /** Held ones among those that failed: at most so many failures would have been prevented. */
  caught: z.number().int(),
  warned: z.number().int(),
  /** Days all held releases together would have waited. */
  waitingDays: z.number(),
  /** Held ones that were still held when looking ended. */
  stillHeld: z.number().int(),
  /** Releases that were told more than a day after they went out. */
  toldLater: z.number().int(),
  rules: z.array(
    z.object({
      rule: z.string(),
      kind: z.string(),
      mode: z.enum(['enforce', 'warn']),
      failed: z.number().int(),
      unknown: z.number().int(),
      held: z.number().int(),
      caught: z.number().int(),
    }),
  ),
  /** Held ones first, newest first; at most 500. */
  listed: z.array(
    z.object({
      id: z.string(),
      component: z.string(),
      commit: z.string(),
      at: z.string(),
      failed: z.boolean(),
      verdict: Verdict,
      why: z.array(z.object({ rule: z.string(), words: z.string() })),
      waitingHours: z.number().nullable(),
      stillHeld: z.boolean(),
    }),
  ),
  /** How long it took. */
  seconds: z.number(),
})
export type TrialView = z.infer<typeof TrialView>
