import { type Instant, parseDuration, type Ref } from '../../../ground/core/index.ts'
import type { ReviewIntent, VisionIntent } from '../intent/index.ts'

/** When a vision is to be reviewed next, and by whom. */
export interface ReviewDue {
  vision: Ref
  title: string
  /** As the vision writes it: `90d`. */
  every: string
  sides: readonly string[]
  /** When the last review was closed; null before the first. */
  last: Instant | null
  due: Instant
  overdue: boolean
  /** The review that is under way. */
  open: ReviewIntent | null
}

/**
 * The review a vision has agreed on for itself: so long after the last one was closed, and before the first so long after
 * the vision was written. Null where the vision states no cadence.
 * @param written when the vision was first known
 */
export function reviewDue(
  vision: VisionIntent | null,
  reviews: readonly ReviewIntent[],
  { written, at, sides }: { written: Instant; at: Instant; sides: readonly string[] },
): ReviewDue | null {
  const every = vision?.review && parseDuration(vision.review.every)
  if (!vision?.review || !every?.ok) return null
  const own = reviews.filter((review) => review.vision === vision.ref && review.started <= at)
  const closed = own.flatMap((review) => (review.closed !== undefined && review.closed <= at ? [review.closed] : []))
  const last = closed.length > 0 ? Math.max(...closed) : null
  const due = (last ?? written) + every.value * 1_000
  return {
    vision: vision.ref,
    title: vision.title,
    every: vision.review.every,
    sides,
    last,
    due,
    overdue: due <= at,
    open: own.find((review) => review.closed === undefined) ?? null,
  }
}
