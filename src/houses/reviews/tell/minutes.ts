import { formatDay, type Ref, refName, refNamespace } from '../../../ground/core/index.ts'
import type { ReviewIntent } from '../../vision/index.ts'
import { risingIn, standingOf } from '../decide/index.ts'
import { agreementWords } from './agreement-words.ts'
import { listed, ordinal } from './words.ts'

/** The minutes of a review, as a decision record. */
export function minutesOf(review: ReviewIntent, before: readonly Ref[], titles: ReadonlyMap<Ref, string>) {
  const { agreed = [], closed = review.started, notes, sides } = review
  const title = (ref: Ref) => titles.get(ref) ?? ref
  const { waitsFor } = standingOf({ ...review, closed: undefined })
  const rising = new Map(risingIn(agreed, before).map((one) => [one.outcome, one]))
  const ranked = review.rankings.flatMap(({ side, ranking }) =>
    ranking ? [`- ${side}: ${ranking.map((ref, index) => `${index + 1}. ${title(ref)}`).join(', ')}`] : [],
  )
  const order = agreed.map((ref, index) => {
    const rose = rising.get(ref)
    const stops = review.priorities.find((one) => one.outcome === ref)
    return `${index + 1}. ${title(ref)}${rose ? ` (was ${ordinal(rose.from)})` : ''}${stops ? `; stops: ${stops.stops.join(', ')}${stops.because ? `, because ${stops.because}` : ''}` : ''}`
  })
  return {
    apiVersion: 'throughline.dev/v1',
    kind: 'Decision',
    metadata: {
      name: `vision-review-${refName(review.ref)}`.slice(0, 63),
      namespace: refNamespace(review.ref),
      title: `Priorities after the ${review.title.charAt(0).toLowerCase()}${review.title.slice(1)}`,
    },
    spec: {
      status: waitsFor.length === 0 ? 'accepted' : 'proposed',
      date: formatDay(closed),
      deciders: [...sides],
      context: [`Each side ranked the outcomes alone:`, ...ranked, agreementWords(review, titles)].join('\n'),
      outcome: ['The outcomes in the order agreed:', ...order, ...(notes ? ['', notes] : [])].join('\n'),
      confirmation:
        waitsFor.length === 0
          ? `Signed by ${listed(sides)}.`
          : `Not signed by ${listed(waitsFor)}${review.signatures.length > 0 ? `; signed by ${listed(review.signatures.map((one) => one.side))}` : ''}.`,
      serves: agreed.slice(0, 1),
    },
  }
}
