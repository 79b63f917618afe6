import * as z from 'zod'
import { Reading } from '../../../ground/core/index.ts'

/** What a reason rests on. */
export const Grounds = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('record'),
    id: z.string(),
    of: z.string().optional(),
    title: z.string().optional(),
    at: z.string().optional(),
  }),
  z.object({ kind: z.literal('entity'), ref: z.string(), title: z.string().optional() }),
  z.object({ kind: z.literal('reading'), reading: Reading }),
  z.object({
    kind: z.literal('budget'),
    slo: z.string(),
    title: z.string(),
    window: z.string(),
    remaining: z.number().nullable(),
    minutesLeft: z.number().nullable(),
    minutesTotal: z.number().nullable(),
    burn: z.record(z.string(), z.number().nullable()),
    n: z.number(),
  }),
])
export type Grounds = z.infer<typeof Grounds>

/** Why a rule does not bind this release. */
export const Excuse = z.object({
  by: z.enum(['purpose', 'exception']),
  words: z.string(),
  ref: z.string().optional(),
})

/** What came of one rule. */
export const Reason = z.object({
  /** Null: the default policy. */
  policy: z.string().nullable(),
  rule: z.string(),
  kind: z.enum(['budget', 'burn', 'freeze', 'open_incident', 'recent_failures', 'measure']),
  mode: z.enum(['enforce', 'warn']),
  state: z.enum(['pass', 'fail', 'unknown']),
  /** What it does to the verdict. */
  effect: z.enum(['none', 'warns', 'holds']),
  excuse: Excuse.optional(),
  words: z.string(),
  evidence: z.array(Grounds),
  /** What would turn it green; null where it is. */
  turnsGreen: z.string().nullable(),
})
export type Reason = z.infer<typeof Reason>

/** What a rule comes to, before anybody asks what it does to the verdict. */
export type Judged = Pick<Reason, 'state' | 'words' | 'evidence' | 'turnsGreen'>

export const Verdict = z.enum(['go', 'hold', 'could_not'])
export type Verdict = z.infer<typeof Verdict>
