import * as z from 'zod'
import { formatDay, JudgementState } from '../../../ground/core/index.ts'
import { type Page, pageWords, type Remark } from '../decide/index.ts'
import { OutcomeView } from './outcome-view.ts'
import { PrincipleView } from './principle-view.ts'

/** A remark on the strategy: what a careful reader would object to. */
export const RemarkView = z.object({ ref: z.string(), code: z.string(), message: z.string(), fix: z.string().optional() })

/** The vision page: statement, outcomes, principles, and what the lint says of them. */
export const VisionView = z.object({
  scope: z.string(),
  at: z.string(),
  asOf: z.string(),
  vision: z
    .object({
      ref: z.string(),
      title: z.string(),
      statement: z.string(),
      /** The day it looks ahead to. */
      horizon: z.string().optional(),
      /** Outcomes and principles it names, in its order. */
      outcomes: z.array(z.string()),
      principles: z.array(z.string()),
      review: z.object({ every: z.string(), with: z.array(z.string()) }).optional(),
    })
    .nullable(),
  /** Words of the page read aloud, with its outcomes and principles. */
  words: z.number().int(),
  outcomes: z.array(OutcomeView),
  principles: z.array(PrincipleView),
  counts: z.record(JudgementState, z.number().int()),
  remarks: z.array(RemarkView),
})
export type VisionView = z.infer<typeof VisionView>

export function visionView(page: Page): Pick<VisionView, 'vision' | 'words'> {
  const { vision } = page
  if (!vision) return { vision: null, words: pageWords(page) }
  const { ref, title, statement, horizon, outcomes, principles, review } = vision
  return {
    words: pageWords(page),
    vision: { ref, title, statement, horizon: horizon === undefined ? undefined : formatDay(horizon - 1), outcomes, principles, review },
  }
}

export function remarkView({ ref, code, message, fix }: Remark): z.infer<typeof RemarkView> {
  return { ref, code, message, fix }
}

/** How many outcomes stand where. */
export function countStates(outcomes: readonly OutcomeView[]): Record<JudgementState, number> {
  const counts: Record<JudgementState, number> = { met: 0, on_course: 0, at_risk: 0, missed: 0, unknown: 0 }
  for (const outcome of outcomes) counts[outcome.judgement.state]++
  return counts
}
