import { round } from '../../../ground/core/index.ts'
import { randomOf } from '../../../ground/measures/index.ts'
import { type Agreement, agreementOf, furthestApart } from '../assess/index.ts'
import { capital, listed, ordinal } from './words.ts'

interface Ranked {
  rankings: readonly { side: string; ranking?: readonly string[] | undefined }[]
}

/** The rankings that may be seen. */
export function shownRankings({ rankings }: Ranked): { side: string; ranking: readonly string[] }[] {
  return rankings.flatMap(({ side, ranking }) => (ranking ? [{ side, ranking }] : []))
}

/** How far the rankings that may be seen agree; the same every time it is asked. */
export function agreementIn(shown: readonly { ranking: readonly string[] }[]): Agreement | null {
  return agreementOf(
    shown.map((one) => one.ranking),
    randomOf('agreement'),
  )
}

/** How far the sides agree, and on what least, in a sentence or two. */
export function agreementWords(review: Ranked, titles: ReadonlyMap<string, string>): string {
  const shown = shownRankings(review)
  const agreement = agreementIn(shown)
  if (!agreement) return 'Fewer than two sides ranked, so nothing is said about agreement.'
  const who = capital(listed(shown.map((one) => one.side)))
  const widest = furthestApart(shown)
  if (!widest) return `${who} rank the ${agreement.outcomes} outcomes in the same order (W = 1, n = ${agreement.sides} sides).`
  const { outcome, high, low } = widest
  return `${who} agree by W = ${round(agreement.w, 2)} of 1 (n = ${agreement.sides} sides, ${agreement.outcomes} outcomes; ${chanceWords(agreement.chance)}). Furthest apart: ${titles.get(outcome) ?? outcome}, ${ordinal(high.rank)} for ${high.side} and ${ordinal(low.rank)} for ${low.side}.`
}

/** How often chance alone agrees as well. */
export function chanceWords(chance: number): string {
  const percent = Math.round(chance * 100)
  if (percent < 1) return 'by chance less than 1 time in 100'
  return `by chance ${percent === 100 ? 'nearly always' : `${percent} ${percent === 1 ? 'time' : 'times'} in 100`} at least as much`
}
