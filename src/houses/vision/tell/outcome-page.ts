import * as z from 'zod'
import { Annotation } from '../../../ground/measures/index.ts'
import { OutcomeView } from './outcome-view.ts'

/** One outcome with what happened meanwhile and what work serves it. */
export const OutcomePage = z.object({
  outcome: OutcomeView,
  /** What else happened to its subject in the weeks shown. */
  annotations: z.array(Annotation),
  /** Work of the last four weeks that serves it; work for several outcomes counts for each in equal parts. */
  work: z.object({
    from: z.string(),
    to: z.string(),
    count: z.number(),
    /** Pieces of work in all. */
    n: z.number().int(),
    share: z.number().nullable(),
    latest: z.array(z.object({ id: z.string(), title: z.string(), at: z.string() })),
  }),
})
export type OutcomePage = z.infer<typeof OutcomePage>
