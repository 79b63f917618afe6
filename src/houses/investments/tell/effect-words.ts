import { dayWords, formatQuantity, type Instant, round } from '../../../ground/core/index.ts'
import type { EffectEstimate } from '../assess/effect/index.ts'
import type { Checks, EffectVerdict, EvidenceStrength } from '../decide/effect.ts'

/** What is asked about, in words. */
export interface About {
  title: string
  subjectTitle: string
  unit: string
  better?: 'higher' | 'lower' | undefined
  changedAt: Instant
}

/** A change and where it lies, as shares or in the unit. */
export interface Seen {
  value: number
  low: number
  high: number
  level: number
}

export function percentWords(share: number): string {
  return `${round(Math.abs(share) * 100, Math.abs(share) < 0.1 ? 1 : 2)} %`
}

/** `−12 %`, `+3 %`; a difference in the unit where there are no shares. */
export function signed(value: number, unit: string | null): string {
  const size = unit === null ? percentWords(value) : formatQuantity(Math.abs(value), unit)
  return `${value < 0 ? '−' : '+'}${size}`
}

/** @param unit null for shares */
function rangeWords({ low, high, level }: Seen, unit: string | null): string {
  return `${round(level * 100, 3)} %: ${signed(low, unit)} to ${signed(high, unit)}`
}

const AGAINST = {
  controls: (count: number) => (count === 1 ? 'one untouched subject' : `${count} untouched subjects`),
  year_before: () => 'its own weeks a year before',
  own_trend: () => 'its own trend before',
  other_arm: () => 'the other arm',
}

export function againstWords(against: keyof typeof AGAINST, controls: number): string {
  return AGAINST[against](controls)
}

/** Whose measure: the subject first, since titles may be whole clauses. */
export function whatWords({ title, subjectTitle }: Pick<About, 'title' | 'subjectTitle'>): string {
  return `${subjectTitle}: ${/^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title}`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The answer in a sentence; says what was seen and never what caused it. */
export function effectSentence(
  about: About,
  verdict: EffectVerdict,
  seen: Seen,
  { unit, against, basis }: { unit: string | null; against: string; basis: string },
): string {
  const { better, changedAt } = about
  const what = whatWords(about)
  const range = `(${rangeWords(seen, unit)}; ${basis})`
  if (verdict === 'no_effect')
    return `No effect is shown: ${what} is ${signed(seen.value, unit)} since ${dayWords(changedAt)}, held against ${against}; chance alone can do that ${range}.`
  const way = seen.value > 0 ? 'higher' : 'lower'
  const size = unit === null ? percentWords(seen.value) : formatQuantity(Math.abs(seen.value), unit)
  const good = better === undefined ? '' : better === way ? ', for the better' : ', for the worse'
  return `${capitalised(what)} is ${size} ${way} since ${dayWords(changedAt)}${good}, held against ${against} ${range}.`
}

/** How far the answer can be trusted, in a sentence. */
export function evidenceSentence(estimate: EffectEstimate, strength: EvidenceStrength, checks: Checks): string {
  const lead = { strongest: 'Strongest', stronger: 'Stronger', weaker: 'Weaker', weakest: 'Weakest' }[strength]
  const held =
    estimate.design === 'comparison'
      ? 'what hit everybody alike in these weeks is taken out'
      : `before and after only, held against ${againstWords(estimate.against, 0)}: whatever else changed then is in it`
  return `${lead} evidence: ${held}; ${checkWords(estimate, checks)}.`
}

function checkWords({ design, controls }: EffectEstimate, { inTime, inSpace, drift, passed }: Checks): string {
  if (passed === null) return 'there are too few weeks to check where nothing was done'
  const found = [
    inTime === false ? 'a step at a day before' : '',
    drift === false ? 'a drift before the day' : '',
    inSpace === false ? 'an untouched subject that changed, too' : '',
  ].filter(Boolean)
  if (found.length > 0) return `but checks where nothing was done found ${found.join(' and ')}`
  if (design === 'comparison' && inSpace === null)
    return `but ${controls.length === 1 ? 'one untouched subject is' : 'two untouched subjects are'} too few to check them against each other`
  return 'checks where nothing was done found nothing'
}
