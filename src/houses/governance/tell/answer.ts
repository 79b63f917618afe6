import * as z from 'zod'
import { Reason, Verdict } from '../decide/index.ts'
import { PURPOSES } from '../intent/index.ts'

/** An override that let a release pass. */
export const OverrideView = z.object({
  decision: z.string(),
  reason: z.string(),
  by: z.string(),
  until: z.string(),
})

/** What the gate answers: the verdict first, then why. The same question about the same moment has the same answer, byte for byte. */
export const GateAnswer = z.object({
  verdict: Verdict,
  /** Rules would hold it, but somebody overrode them. */
  overridden: z.boolean(),
  /** The answer as a sentence. */
  words: z.string(),
  component: z.string(),
  environment: z.string(),
  commit: z.string().nullable(),
  fixes: z.array(z.string()),
  purpose: z.enum(PURPOSES).nullable(),
  /** The moment it was asked about, where that is an earlier one than `asOf`. */
  at: z.string().optional(),
  /** Only what was known by then is in it. */
  asOf: z.string(),
  /** What it was held against; a policy without a ref is the default one. */
  policies: z.array(z.object({ ref: z.string().nullable(), title: z.string(), version: z.number().int() })),
  reasons: z.array(Reason),
  override: OverrideView.nullable(),
  /** Why there is no verdict, and what to do. */
  obstacle: z.object({ code: z.string(), why: z.string(), fix: z.string() }).nullable(),
  /** Names the answer by what it says. */
  id: z.string(),
})
export type GateAnswer = z.infer<typeof GateAnswer>
