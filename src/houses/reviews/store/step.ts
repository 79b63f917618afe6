import { formatInstant, type Instant, type Ref, refName, refNamespace } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { sql } from '../../../ground/store/index.ts'
import type { ReviewIntent } from '../../vision/index.ts'
import { type KnownReview, reviewNamed } from './read.ts'

/** Reviews take one step at a time, so that of two who sign at once the second is told; held to the end of the transaction. */
export const oneStep = sql`select pg_advisory_xact_lock(7264, 19)`

/** Who takes a step, and when. */
export interface Acting {
  by: Ref
  at: Instant
}

/** Takes one step in a review: reads it, changes it, writes it; all or nothing. */
export async function takeStep(
  ref: Ref,
  { by }: Acting,
  ground: Pick<Ground, 'catalog' | 'store'>,
  step: (known: KnownReview) => Promise<ReviewIntent> | ReviewIntent,
): Promise<void> {
  await ground.store.transaction(async () => {
    await ground.store.query(oneStep)
    const known = await reviewNamed(ref, undefined, ground)
    const next = await step(known)
    await ground.catalog.write(documentOf(next), { by, expectedVersion: known.version })
  })
}

/** A review as the catalogue keeps it. */
export function documentOf(review: ReviewIntent) {
  const { ref, title, started, rankings, revealed, signatures, closed, version, agreed, notes, minutes, ...same } = review
  const moment = (at: Instant | undefined) => (at === undefined ? undefined : formatInstant(at))
  const spec: Record<string, unknown> = {
    ...same,
    version,
    started: moment(started),
    rankings: rankings.map(({ ranking, ...one }) => ({ ...one, at: moment(one.at), ...(ranking ? { ranking } : {}) })),
    revealed: moment(revealed),
    agreed,
    notes,
    signatures: signatures.map(({ by, ...one }) => ({ ...one, at: moment(one.at), ...(by === undefined ? {} : { by }) })),
    closed: moment(closed),
    minutes,
  }
  return {
    apiVersion: 'throughline.dev/v1',
    kind: 'Review',
    metadata: { name: refName(ref), namespace: refNamespace(ref), title },
    spec: Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined)),
  }
}
