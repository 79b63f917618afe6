import * as z from 'zod'

/** An override in a list. */
export const OverrideRow = z.object({
  decision: z.string(),
  title: z.string(),
  component: z.string(),
  environment: z.string(),
  commit: z.string().nullable(),
  reason: z.string(),
  by: z.string(),
  told: z.array(z.string()),
  from: z.string(),
  until: z.string(),
  withdrawnAt: z.string().nullable(),
  inForce: z.boolean(),
})
