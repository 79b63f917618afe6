import type { ReviewIntent } from '../../vision/index.ts'

/** Where a review stands: each side ranks alone, all agree on an order, each side signs, it is closed. */
export type Step = 'ranking' | 'agreeing' | 'signing' | 'signed' | 'closed'

/** Where a review stands, and whom it waits for; nobody where the next step is anybody's. */
export function standingOf(review: ReviewIntent): { step: Step; waitsFor: string[] } {
  const without = (done: readonly { side: string }[]) => review.sides.filter((side) => !done.some((one) => one.side === side))
  if (review.closed !== undefined) return { step: 'closed', waitsFor: [] }
  if (review.revealed === undefined) return { step: 'ranking', waitsFor: without(review.rankings) }
  if (!review.agreed) return { step: 'agreeing', waitsFor: [] }
  const waitsFor = without(review.signatures)
  return { step: waitsFor.length > 0 ? 'signing' : 'signed', waitsFor }
}
