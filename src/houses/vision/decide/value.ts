import type { Reading, Unknown } from '../../../ground/core/index.ts'
import type { Quantile } from '../intent/fields.ts'

/** What the words of a judgement need to know of a measure. */
export interface MeasureWords {
  title: string
  /** Undefined when nobody has said which way is better. */
  better?: 'higher' | 'lower'
}

/** The figure a reading is judged by: the quantile asked for, else its value; null when it is not known. */
export function valueOf(reading: Reading, quantile?: Quantile): number | null {
  if (reading.value === null || !quantile) return reading.value
  if (reading.quantiles) return reading.quantiles[quantile]
  return quantile === 'p50' ? reading.value : null
}

/** "Change lead time", or "p75 of change size" where a quantile is named. */
export function measureWords(measure: MeasureWords | null, id: string, quantile?: Quantile): string {
  const title = measure?.title ?? id
  return quantile && quantile !== 'p50'
    ? `${quantile} of ${lowerFirst(title)}`
    : quantile === 'p50'
      ? `median ${lowerFirst(title)}`
      : lowerFirst(title)
}

/** Lower-cases the first letter, except of words that are written large on purpose: "API", "DORA". */
export function lowerFirst(text: string): string {
  return /^[A-Z](?:[a-z]|\s)/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

/** Why something is unknown, as part of a longer sentence: without its capital and its stop. */
export function whyWords(unknown: Unknown | undefined): string {
  const sentences = (unknown?.why ?? 'nothing was read')
    .trim()
    .replace(/\.$/, '')
    .split(/\. (?=[A-Z])/)
  return sentences.map(lowerFirst).join('; ')
}
