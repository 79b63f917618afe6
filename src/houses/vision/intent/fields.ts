import * as z from 'zod'
import { parseDuration } from '../../../ground/core/index.ts'
import { countWords } from './count-words.ts'

/** A sentence or two; what is too long or empty is refused in words. */
export function sentence(what: string, maxWords: number) {
  return z
    .string()
    .trim()
    .min(1, `${what} is empty`)
    .refine((text) => countWords(text) <= maxWords, {
      error: (issue) => `${what} has ${countWords(String(issue.input))} words; at most ${maxWords} fit on the page`,
    })
}

export const Quantile = z.enum(['p50', 'p75', 'p90'])
export type Quantile = z.infer<typeof Quantile>

/** A quantity as written: a number, a duration (`4.1d`) or a share (`12%`). */
export type QuantityWritten = number | string

export const DurationText = z.string().superRefine((text, context) => {
  const read = parseDuration(text)
  if (!read.ok) context.addIssue({ code: 'custom', message: `${read.problems[0]!.message}. ${read.problems[0]!.fix}` })
  else if (read.value <= 0) context.addIssue({ code: 'custom', message: 'the duration has to be longer than nothing' })
})
