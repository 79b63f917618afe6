import * as z from 'zod'
import { PURPOSES } from '../intent/index.ts'

/** One span of the freeze calendar. */
export const FreezeRow = z.object({
  /** The freeze, or the policy whose rule it is. */
  ref: z.string(),
  /** The rule of the policy; null for a freeze of its own, which can be taken back. */
  rule: z.string().nullable(),
  covers: z.array(z.string()),
  environment: z.string(),
  /** Wall time of its zone; null where it comes back every week. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  weekly: z.string().nullable(),
  zone: z.string(),
  reason: z.string(),
  /** Releases for these purposes go out all the same. */
  exempt: z.array(z.enum(PURPOSES)),
  by: z.string().nullable(),
  state: z.enum(['in_force', 'coming', 'over']),
})
export type FreezeRow = z.infer<typeof FreezeRow>
