import * as z from 'zod'
import { formatInstant, type Instant } from '../../../ground/core/index.ts'
import type { ReviewDue, ReviewIntent } from '../../vision/index.ts'
import { standingOf } from '../decide/index.ts'
import { agreementIn, shownRankings } from './agreement-words.ts'
import { AgreementView, ReviewView } from './review-view.ts'

/** A review in a list. */
const ReviewRow = ReviewView.pick({
  ref: true,
  title: true,
  step: true,
  waitsFor: true,
  started: true,
  closed: true,
  minutes: true,
}).extend({
  /** How alike the sides ranked; null before their rankings are shown. */
  agreement: AgreementView.nullable(),
  signed: z.array(z.string()),
  sides: z.array(z.string()),
})

export const ReviewListView = z.object({
  scope: z.string(),
  at: z.string(),
  asOf: z.string(),
  vision: z.object({ ref: z.string(), title: z.string() }).nullable(),
  /** Null where the vision states no cadence. */
  due: z
    .object({
      every: z.string(),
      sides: z.array(z.string()),
      last: z.string().nullable(),
      due: z.string(),
      overdue: z.boolean(),
      open: z.string().nullable(),
    })
    .nullable(),
  reviews: z.array(ReviewRow),
})

export function reviewRow(review: ReviewIntent): z.input<typeof ReviewRow> {
  const { step, waitsFor } = standingOf(review)
  const shown = review.revealed === undefined ? [] : shownRankings(review)
  return {
    ref: review.ref,
    title: review.title,
    step,
    waitsFor,
    started: formatInstant(review.started),
    closed: textOf(review.closed),
    minutes: review.minutes ?? null,
    agreement: agreementIn(shown),
    signed: review.signatures.map((one) => one.side),
    sides: review.sides,
  }
}

export function dueView(due: ReviewDue | null): z.input<typeof ReviewListView>['due'] {
  return (
    due && {
      every: due.every,
      sides: [...due.sides],
      last: textOf(due.last ?? undefined),
      due: formatInstant(due.due),
      overdue: due.overdue,
      open: due.open?.ref ?? null,
    }
  )
}

function textOf(at: Instant | undefined): string | null {
  return at === undefined ? null : formatInstant(at)
}
