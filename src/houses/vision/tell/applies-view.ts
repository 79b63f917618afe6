import * as z from 'zod'
import { ExceptionView } from './principle-view.ts'

/** What binds somebody who is about to change a path or component. */
export const AppliesView = z.object({
  scope: z.string(),
  at: z.string(),
  /** The components the question is about; empty when the path belongs to none. */
  components: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      /** Whether the catalogue knows it. */
      declared: z.boolean(),
      owner: z.string().optional(),
      system: z.string().optional(),
      path: z.string().optional(),
    }),
  ),
  principles: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      statement: z.string(),
      forbids: z.array(z.string()),
      /** How the components asked about live it. */
      state: z.enum(['held', 'broken', 'excepted', 'unknown']),
      because: z.array(z.string()),
    }),
  ),
  decisions: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      status: z.string(),
      date: z.string().optional(),
      /** Why it binds here. */ because: z.string(),
    }),
  ),
  exceptions: z.array(ExceptionView),
  /** What could not be told, in words. */
  notes: z.array(z.string()),
})
export type AppliesView = z.infer<typeof AppliesView>
