import type { Audience } from '../../../ground/catalog/index.ts'
import { type Claim, dayWords, formatQuantity } from '../../../ground/core/index.ts'
import type { Alert } from '../alerts/decide.ts'
import { claim, fromEntity, fromEvidence, fromReading } from './claims.ts'
import { count, list, nameWords, nWords, sentence } from './words.ts'

/** Marks of what happened around a change that a sentence holds. */
const MOST_AROUND = 3

/** "Questions to support in a day changed level on 12 November 2026, for the worse: from 650 to 900 (99.8 % sure it is no noise; n = 14). Around then: 2 deployments." */
export function changeClaim({ title, subject, unit, change, reading, around, outcomes }: Alert): Claim {
  const { before, after, confidence, effect, at } = change
  const whose = subject.startsWith('namespace:') ? '' : ` of ${nameWords(subject.slice(subject.indexOf('/') + 1))}`
  const how = effect ? `, for the ${effect}` : ''
  const figures = `from ${formatQuantity(before, unit)} to ${formatQuantity(after, unit)} (${sureWords(confidence)} sure it is no noise; ${nWords(reading)})`
  const near =
    around.length > 0
      ? ` Around then: ${list(
          around.map(({ title: what }) => nameWords(what)),
          MOST_AROUND,
        )}.`
      : ''
  return claim(
    `${sentence(nameWords(title))}${whose} changed level on ${dayWords(Date.parse(at))}${how}: ${figures}.${near}`,
    fromReading(reading),
    ...outcomes.map(({ ref, title: outcome }) => fromEntity(ref, outcome)),
    ...around
      .slice(0, MOST_AROUND)
      .map(({ id, title: what, kind }) => (kind === 'deployment' || kind === 'incident' ? fromEvidence(id, what) : fromEntity(id, what))),
  )
}

/** One sentence for those whom it matters to: the worst, and how many more there are. */
export function changesClaim(alerts: readonly Alert[], audience: Audience): Claim[] {
  const [worst, ...more] = alerts.filter(({ audiences }) => audiences.includes(audience))
  if (!worst) return []
  const { text, because } = changeClaim(worst)
  const rest = more.length > 0 ? ` ${count(more.length, 'more measure')} changed level, too.` : ''
  return [claim(`${text}${rest}`, because[0]!, ...because.slice(1), ...more.map(({ reading }) => fromReading(reading)))]
}

function sureWords(confidence: number): string {
  return confidence > 0.999 ? 'more than 99.9 %' : `${(Math.floor(confidence * 1_000) / 10).toFixed(1)} %`
}
