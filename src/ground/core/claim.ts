import * as z from 'zod'
import { Judgement } from './judgement.ts'
import { Reading } from './reading.ts'

/** What a sentence rests on: a reading, a judgement, or an entity or record by name. */
export const Because = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reading'), reading: Reading }),
  z.object({ kind: z.literal('judgement'), judgement: Judgement }),
  z.object({ kind: z.literal('entity'), ref: z.string(), title: z.string().optional() }),
  z.object({ kind: z.literal('evidence'), id: z.string(), title: z.string().optional() }),
])
export type Because = z.infer<typeof Because>

/** A sentence told to someone, with everything it rests on. A claim without grounds cannot be made. */
export const Claim = z.object({ text: z.string(), because: z.array(Because).min(1) })
export type Claim = z.infer<typeof Claim>
