import * as z from 'zod'
import { formatDay, formatInstant, type Instant, JudgementState } from '../../../ground/core/index.ts'
import { pageWords } from '../decide/index.ts'
import type { ReviewIntent } from '../intent/index.ts'
import type { VisionPage } from '../store/page.ts'

/** The vision as the holder of a link reads it: the page and nothing behind it. */
export const SharedVisionView = z.object({
  asOf: z.string(),
  expiresAt: z.string().nullable(),
  title: z.string(),
  statement: z.string(),
  horizon: z.string().nullable(),
  words: z.number().int(),
  outcomes: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      statement: z.string(),
      state: JudgementState,
      because: z.string(),
      target: z.object({ value: z.number().nullable(), text: z.string(), unit: z.string(), by: z.string() }).nullable(),
    }),
  ),
  principles: z.array(
    z.object({ ref: z.string(), title: z.string(), statement: z.string(), forbids: z.array(z.string()), state: JudgementState }),
  ),
  /** The last review that was closed; null before the first. */
  review: z
    .object({
      closed: z.string(),
      signed: z.array(z.string()),
      /** Sides that did not sign. */
      unsigned: z.array(z.string()),
      /** Whether the page says something else since. */
      changedSince: z.boolean(),
    })
    .nullable(),
})

/** @param changed when the vision, an outcome or a principle of it last changed */
export function sharedVision(
  { vision, outcomes, principles }: VisionPage,
  { asOf, changed, reviews }: { asOf: Instant; changed: Instant; reviews: readonly ReviewIntent[] },
): Omit<z.input<typeof SharedVisionView>, 'expiresAt'> | null {
  if (!vision) return null
  const last = reviews
    .filter((review) => review.vision === vision.ref && review.closed !== undefined && review.closed <= asOf)
    .reduce<ReviewIntent | null>((newest, one) => (newest && newest.closed! >= one.closed! ? newest : one), null)
  const signed = last?.signatures.map((one) => one.side) ?? []
  return {
    asOf: formatInstant(asOf),
    title: vision.title,
    statement: vision.statement,
    horizon: vision.horizon === undefined ? null : formatDay(vision.horizon - 1),
    words: pageWords({
      vision,
      outcomes: outcomes.judged.map(({ outcome }) => outcome),
      principles: principles.judged.map(({ principle }) => principle),
    }),
    outcomes: inOrder(outcomes.views, last?.agreed ?? vision.outcomes).map(
      ({ ref, title, statement, judgement, because, target, measure }) => ({
        ref,
        title,
        statement,
        state: judgement.state,
        because,
        target: target ? { ...target, unit: measure?.unit ?? '' } : null,
      }),
    ),
    principles: inOrder(principles.views, vision.principles).map(({ ref, title, statement, forbids, judgement }) => ({
      ref,
      title,
      statement,
      forbids,
      state: judgement.state,
    })),
    review: last
      ? {
          closed: formatInstant(last.closed!),
          signed,
          unsigned: last.sides.filter((side) => !signed.includes(side)),
          changedSince: changed > Math.max(...last.signatures.map((one) => one.at), last.revealed ?? last.started),
        }
      : null,
  }
}

/** In the order agreed, or the one the vision names; what neither names comes last. */
function inOrder<Thing extends { ref: string }>(things: readonly Thing[], order: readonly string[]): Thing[] {
  const place = ({ ref }: Thing) => (order.includes(ref) ? order.indexOf(ref) : order.length)
  return [...things].sort((a, b) => place(a) - place(b))
}
