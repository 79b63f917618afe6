import { parseSloDuration } from '../durations.ts'
import { type Finding, isStated, refused } from './finding.ts'

/** duration-shorthand: a positive whole number and one of m h d w M Q Y. */
export function durationFindings(text: string | null | undefined, path: string): Finding[] {
  if (!isStated(text) || parseSloDuration(text)) return []
  return [
    refused(
      'duration',
      path,
      `"${text.slice(0, 40)}" is not a duration`,
      'Write a positive whole number and one of m (minutes), h, d, w, M (months), Q, Y, for example 28d.',
    ),
  ]
}
