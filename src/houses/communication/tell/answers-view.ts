import * as z from 'zod'
import { formatInstant } from '../../../ground/core/index.ts'
import type { Asked, Kept } from '../decide/answers.ts'

/** Something people asked its owner, not settled yet. */
export const AskedView = z.object({ id: z.string(), by: z.string(), on: z.string(), text: z.string() })
export const KeptView = z.object({
  by: z.string(),
  on: z.string(),
  /** Then the same is asked again. */
  until: z.string(),
})

export function askedView({ on, ...asked }: Asked): z.infer<typeof AskedView> {
  return { ...asked, on: formatInstant(on) }
}

export function keptView({ by, on, until }: Kept): z.infer<typeof KeptView> {
  return { by, on: formatInstant(on), until: formatInstant(until) }
}
