import type { Ref } from '../../../ground/core/index.ts'
import type { ReviewIntent } from '../../vision/index.ts'

/** An outcome that becomes more important than it was. Places count from 1. */
export interface Rising {
  outcome: Ref
  from: number
  to: number
}

/**
 * The order that holds until another is agreed: the one of the last closed review of the same vision, else the order in
 * which the vision names its outcomes. What is new since stands at the end.
 */
export function orderBefore(review: ReviewIntent, reviews: readonly ReviewIntent[]): Ref[] {
  const last = reviews
    .filter((one) => one.vision === review.vision && one.agreed && one.closed !== undefined && one.closed <= review.started)
    .reduce<ReviewIntent | null>((newest, one) => (newest && newest.closed! >= one.closed! ? newest : one), null)
  const kept = (last?.agreed ?? []).filter((ref) => review.outcomes.includes(ref))
  return [...kept, ...review.outcomes.filter((ref) => !kept.includes(ref))]
}

/** The outcomes that rise: each takes time from what stood above it, so it has to name the work that stops. */
export function risingIn(agreed: readonly Ref[], before: readonly Ref[]): Rising[] {
  return agreed.flatMap((outcome, index) => {
    const was = before.indexOf(outcome)
    return index < was ? [{ outcome, from: was + 1, to: index + 1 }] : []
  })
}
