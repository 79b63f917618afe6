import type { SilencePolicy } from '../intent/model.ts'
import type { Counted } from './minutes.ts'

/** Minutes a sample may take to arrive before a burn counts its time as silent. */
export const LATE_MINUTES = 5

/**
 * Share of bad events: (total − good) ÷ total, all events of the span weighing the same (SRE Workbook, chapter 2; OpenSLO
 * v1, "Occurrences"). More good events than events, as happens where the two are counted at different moments, is none bad.
 * Silence: `unknown` counts neither way; `good` says that no event came, so nothing was bad; `bad` counts each silent
 * minute like an average one, all of it bad.
 * @param late minutes that may still be on their way, and are not silent yet
 * @returns null where nothing can be said
 */
export function errorOfOccurrences({ good, total, said, of }: Counted, silence: SilencePolicy, late = 0): number | null {
  const silent = Math.max(0, of - said - (said > 0 ? late : 0))
  if (total === 0) {
    if (silence === 'bad' && silent > 0) return 1
    return silence === 'good' && of > 0 ? 0 : null
  }
  const bad = Math.max(0, total - good)
  const dark = silence === 'bad' ? (total / said) * silent : 0
  return (bad + dark) / (total + dark)
}
