import { type Instant, type Ref, refNamespace, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'
import { readReview, type ReviewIntent, reviewsOf } from '../../vision/index.ts'
import { orderBefore } from '../decide/index.ts'

/** A review with what has to be known to show it, or to take a step in it. */
export interface KnownReview {
  review: ReviewIntent
  /** Of its entity. */
  version: number
  /** The order that holds until another is agreed. */
  before: Ref[]
  /** Titles of what it names. */
  titles: ReadonlyMap<Ref, string>
  /** The vision it is about, as it stands; null when that is gone. */
  vision: { title: string; version: number } | null
}

/** One review, as known at a moment. */
export async function reviewNamed(ref: Ref, asOf: Instant | undefined, { catalog }: Pick<Ground, 'catalog'>): Promise<KnownReview> {
  const entity = await catalog.get(ref, asOf)
  const review = entity && readReview(entity)
  if (!entity || !review || !ref.startsWith('review:'))
    throw new Refusal('review.unknown', `There is no review ${ref}.`, {
      status: 404,
      fix: '`throughline review list` shows all; `throughline review start` begins one.',
    })
  const all = await reviewsOf({ scope: refNamespace(ref), asOf }, { catalog })
  const named = await catalog.describe([...review.outcomes, review.vision, ...(review.minutes ? [review.minutes] : [])], asOf)
  const vision = await catalog.get(review.vision, asOf)
  return {
    review,
    version: entity.version,
    before: orderBefore(review, all),
    titles: new Map([...named].map(([id, node]) => [id, node.title])),
    vision: vision ? { title: vision.metadata.title ?? review.vision, version: vision.version } : null,
  }
}

/** How a side ranked alone, kept apart until all may see it. */
export interface Ballot {
  side: string
  ranking: Ref[]
}

/** The rankings made alone in a review that is not revealed yet. */
export async function ballotsOf(review: Ref, store: Store): Promise<Ballot[]> {
  return store.query<Ballot>(sql`select side, ranking from review_ballot where review = ${review} order by side`)
}
