import * as z from 'zod'
import { formatDay, JudgementState } from '../../../ground/core/index.ts'
import { type Page, pageWords } from '../decide/index.ts'
import type { Linted } from '../store/lint.ts'
import { OutcomeView } from './outcome-view.ts'
import { PrincipleView } from './principle-view.ts'

/** A remark on the strategy: what a careful reader would object to. */
export const RemarkView = z.object({
  ref: z.string(),
  /** Id of the rule: `lint.no_baseline`. */
  rule: z.string(),
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  fix: z.string().optional(),
  /** Where the document stands, where it was read from a file, and the field inside it. */
  file: z.string().optional(),
  line: z.number().int().optional(),
  path: z.string().optional(),
})

/** A rule that could not be judged for want of evidence. */
export const UnjudgedView = z.object({ rule: z.string(), ref: z.string().optional(), why: z.string(), fix: z.string() })

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
  /** Rules that could not be judged for want of evidence. */
  unjudged: z.array(UnjudgedView),
})
export type VisionView = z.infer<typeof VisionView>

export function visionView(page: Pick<Page, 'vision' | 'outcomes' | 'principles'>): Pick<VisionView, 'vision' | 'words'> {
  const { vision } = page
  if (!vision) return { vision: null, words: pageWords(page) }
  const { ref, title, statement, horizon, outcomes, principles, review } = vision
  return {
    words: pageWords(page),
    vision: { ref, title, statement, horizon: horizon === undefined ? undefined : formatDay(horizon - 1), outcomes, principles, review },
  }
}

export function remarkView(remark: Linted['remarks'][number]): z.infer<typeof RemarkView> {
  return { ...remark, rule: remark.code }
}

/** How many outcomes stand where. */
export function countStates(outcomes: readonly OutcomeView[]): Record<JudgementState, number> {
  const counts: Record<JudgementState, number> = { met: 0, on_course: 0, at_risk: 0, missed: 0, unknown: 0 }
  for (const outcome of outcomes) counts[outcome.judgement.state]++
  return counts
}
