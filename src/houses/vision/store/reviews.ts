import type { Instant } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { reviewDue, type ReviewDue } from '../decide/index.ts'
import { readReview, type ReviewIntent, SIDES, type VisionIntent } from '../intent/index.ts'
import type { Moment } from './moment.ts'

/** Reviews looked at; more than a lifetime of them. */
const MANY = 1_000

/** The reviews of a namespace as known at a moment, newest first. */
export async function reviewsOf(
  { scope, asOf }: Pick<Moment, 'scope'> & { asOf?: Instant },
  { catalog }: Pick<Ground, 'catalog'>,
): Promise<ReviewIntent[]> {
  return (await catalog.list({ kind: 'review', namespace: scope, limit: MANY }, asOf))
    .flatMap((entity) => readReview(entity) ?? [])
    .sort((a, b) => b.started - a.started || (a.ref < b.ref ? 1 : -1))
}

/** Who looks at a vision together: those it names, else product, business and engineering. */
export function sidesOf(vision: VisionIntent | null): readonly string[] {
  const named = vision?.review?.with ?? []
  return named.length >= 2 ? named : SIDES
}

/** When the vision of a namespace is to be reviewed; null where there is none, or no cadence. */
export async function dueOf(
  vision: VisionIntent | null,
  reviews: readonly ReviewIntent[],
  { at }: Pick<Moment, 'at'>,
  { catalog }: Pick<Ground, 'catalog'>,
): Promise<ReviewDue | null> {
  if (!vision?.review) return null
  const written = (await catalog.versions(vision.ref)).reduce((least, version) => Math.min(least, version.at), at)
  return reviewDue(vision, reviews, { written, at, sides: sidesOf(vision) })
}
