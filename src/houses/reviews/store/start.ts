import { formatDay, type Instant, type Ref, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { reviewsOf, type ReviewIntent, sidesOf, visionOf } from '../../vision/index.ts'
import { type Acting, documentOf, oneStep } from './step.ts'

/** Begins a review of the vision of a namespace; one at a time. */
export async function startReview(
  { scope, sides }: { scope: string; sides?: readonly string[] | undefined },
  { by, at }: Acting,
  { catalog, store }: Pick<Ground, 'catalog' | 'store'>,
): Promise<Ref> {
  return store.transaction(async () => {
    await store.query(oneStep)
    const vision = await visionOf({ scope }, { catalog })
    if (!vision)
      throw new Refusal('review.no_vision', `The namespace ${scope} has no vision to review.`, {
        status: 409,
        fix: 'Draft one on the page Vision, or apply a file with kind: Vision.',
      })
    const reviews = await reviewsOf({ scope }, { catalog })
    const open = reviews.find((review) => review.vision === vision.ref && review.closed === undefined)
    if (open)
      throw new Refusal('review.under_way', `"${open.title}" is under way.`, {
        status: 409,
        fix: `Finish it first: throughline review show ${open.ref}`,
      })
    const every = (await catalog.list({ kind: 'outcome', namespace: scope, limit: 21 })).map((entity) => entity.ref).sort()
    const outcomes = vision.outcomes.length >= 2 ? vision.outcomes : every
    if (outcomes.length < 2)
      throw new Refusal(
        'review.nothing_to_rank',
        `A review ranks outcomes, and ${scope} has ${outcomes.length === 0 ? 'none' : 'only one'}.`,
        {
          status: 409,
          fix: 'Write at least two outcomes first.',
        },
      )
    const review: ReviewIntent = {
      ref: `review:${scope}/${freeName(at, reviews)}`,
      title: `Review of ${formatDay(at)}`,
      vision: vision.ref,
      version: (await catalog.get(vision.ref))?.version,
      started: at,
      sides: [...new Set(sides ?? sidesOf(vision))],
      outcomes: outcomes.slice(0, 20),
      rankings: [],
      priorities: [],
      signatures: [],
    }
    const { ref } = await catalog.write(documentOf(review), { by, expectedVersion: 0 })
    return ref
  })
}

/** A second review on one day gets a number. */
function freeName(at: Instant, reviews: readonly ReviewIntent[]): string {
  const taken = new Set(reviews.map((review) => review.ref.slice(review.ref.indexOf('/') + 1)))
  const name = formatDay(at)
  for (let number = 1; ; number++) {
    const own = number === 1 ? name : `${name}-${number}`
    if (!taken.has(own)) return own
  }
}
