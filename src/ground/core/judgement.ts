import * as z from 'zod'
import { Reading } from './reading.ts'

export const JudgementState = z.enum(['met', 'on_course', 'at_risk', 'missed', 'unknown'])
export type JudgementState = z.infer<typeof JudgementState>

/** Worst first, as every list shows them; unknown stands between at risk and on course. */
export const STATE_ORDER: Record<JudgementState, number> = { missed: 0, at_risk: 1, unknown: 2, on_course: 3, met: 4 }

/** A reading held against an intent. */
export const Judgement = z.object({
  /** The ref of what was intended. */
  intent: z.string(),
  /** What was judged, where the intent is judged for several: a component, a team. */
  subject: z.string().optional(),
  state: JudgementState,
  /** The rule in words, with its numbers: "p75 of change size at most 400 lines". */
  rule: z.string(),
  reading: Reading.optional(),
  /** Ids of records, entities and exceptions it rests on. */
  evidence: z.array(z.string()),
})
export type Judgement = z.infer<typeof Judgement>
