import * as z from 'zod'

/** How a budget policy stands for a service. */
export const BudgetState = z.object({
  policy: z.string(),
  title: z.string(),
  service: z.string(),
  steps: z.array(
    z.object({
      step: z.string(),
      state: z.enum(['in_force', 'not_in_force', 'unknown']),
      words: z.string(),
      actions: z.array(z.string()),
      tell: z.array(z.string()),
      /** What the release gate does meanwhile. */
      gate: z.enum(['enforce', 'warn']).nullable(),
    }),
  ),
  /** Days at whose end other steps were in force than the day before, oldest first; only where one service is asked for. */
  history: z.array(z.object({ at: z.string(), inForce: z.array(z.string()), unknown: z.array(z.string()) })).nullable(),
})
export type BudgetState = z.infer<typeof BudgetState>
