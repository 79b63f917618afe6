import * as z from 'zod'
import { FLOW_STAGES, type FlowStage } from '../assess/index.ts'

/** Stages as people read them, and which of them are waiting. */
export const STAGE_WORDS: Record<FlowStage, { title: string; waits: boolean }> = {
  waiting_to_start: { title: 'Waiting to be started', waits: true },
  before_first_change: { title: 'In progress before the first change', waits: false },
  until_first_commit: { title: 'Until the first commit, start not told', waits: false },
  coding: { title: 'Coding', waits: false },
  waiting_for_review: { title: 'Waiting for review', waits: true },
  review: { title: 'Review', waits: false },
  waiting_for_deployment: { title: 'Waiting for deployment', waits: true },
  between_changes: { title: 'Between its changes', waits: true },
  closed: { title: 'Done, until opened again', waits: true },
}

const Stage = z.enum([...FLOW_STAGES, 'not_known'])

export const FlowView = z.object({
  subject: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  asOf: z.string(),
  /** Work items there are at all. */
  items: z.number().int(),
  /** Items that reached customers in the window, and half of them within how many seconds of being written down. */
  delivered: z.object({ n: z.number().int(), medianSeconds: z.number().nullable() }),
  /** Where their time went, in the order most pass through; those nobody was in are left out. */
  stages: z.array(
    z.object({
      stage: Stage,
      title: z.string(),
      waits: z.boolean(),
      /** Of all the time of these items whose stages are known. */
      share: z.number(),
      medianSeconds: z.number().nullable(),
      /** Items that say how long it took. */
      n: z.number().int(),
    }),
  ),
  biggestWait: z.object({ stage: Stage, sentence: z.string() }).nullable(),
  /** What was under way when the window ended. */
  inProgress: z.object({
    n: z.number().int(),
    stages: z.array(z.object({ stage: Stage, title: z.string(), n: z.number().int(), medianAgeSeconds: z.number() })),
    ages: z.array(z.object({ from: z.number(), to: z.number().nullable(), count: z.number().int() })),
    oldest: z.array(
      z.object({
        id: z.string(),
        subject: z.string(),
        title: z.string(),
        stage: Stage,
        stageTitle: z.string(),
        ageSeconds: z.number(),
        flags: z.array(z.string()),
      }),
    ),
  }),
  /** Written down and not begun. */
  ideas: z.number().int(),
  /** Why there is nothing to show. */
  unknown: z.object({ code: z.string(), why: z.string(), fix: z.string() }).optional(),
})
export type FlowView = z.input<typeof FlowView>
