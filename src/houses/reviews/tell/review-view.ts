import * as z from 'zod'
import { formatInstant, type Instant } from '../../../ground/core/index.ts'
import { risingIn, standingOf } from '../decide/index.ts'
import type { KnownReview } from '../store/read.ts'
import { agreementIn, agreementWords, shownRankings } from './agreement-words.ts'
import { capital, listed } from './words.ts'

const Step = z.enum(['ranking', 'agreeing', 'signing', 'signed', 'closed'])

export const AgreementView = z.object({
  w: z.number(),
  sides: z.number().int(),
  outcomes: z.number().int(),
  /** Share of random orders that agree at least as well. */
  chance: z.number(),
})

/** A review as a page shows it. Nothing of a ranking is told before all may see it. */
export const ReviewView = z.object({
  ref: z.string(),
  title: z.string(),
  asOf: z.string(),
  step: Step,
  /** Where it stands, as a sentence. */
  words: z.string(),
  waitsFor: z.array(z.string()),
  vision: z.object({
    ref: z.string(),
    title: z.string(),
    /** The version looked at, and the one that stands now. */
    version: z.number().int().nullable(),
    now: z.number().int().nullable(),
  }),
  started: z.string(),
  revealed: z.string().nullable(),
  closed: z.string().nullable(),
  outcomes: z.array(z.object({ ref: z.string(), title: z.string() })),
  sides: z.array(
    z.object({
      side: z.string(),
      ranked: z.string().nullable(),
      /** Most important first; null while others rank alone, and for a side that did not. */
      ranking: z.array(z.string()).nullable(),
      signed: z.object({ at: z.string(), how: z.enum(['account', 'link']) }).nullable(),
    }),
  ),
  agreement: AgreementView.nullable(),
  /** How far the sides agree and on what least; null before the rankings are shown. */
  disagreement: z.string().nullable(),
  /** The order that held before. */
  before: z.array(z.string()),
  agreed: z.array(z.string()).nullable(),
  rising: z.array(z.object({ outcome: z.string(), from: z.number().int(), to: z.number().int() })),
  priorities: z.array(z.object({ outcome: z.string(), stops: z.array(z.string()), because: z.string().optional() })),
  notes: z.string().nullable(),
  /** The decision its minutes became. */
  minutes: z.string().nullable(),
})
export type ReviewView = z.input<typeof ReviewView>

export function reviewView({ review, before, titles, vision }: KnownReview, asOf: Instant): ReviewView {
  const { step, waitsFor } = standingOf(review)
  const shown = review.revealed === undefined ? [] : shownRankings(review)
  const text = (at: Instant | undefined) => (at === undefined ? null : formatInstant(at))
  return {
    ref: review.ref,
    title: review.title,
    asOf: formatInstant(asOf),
    step,
    words: standingWords(review, step, waitsFor),
    waitsFor,
    vision: { ref: review.vision, title: vision?.title ?? review.vision, version: review.version ?? null, now: vision?.version ?? null },
    started: formatInstant(review.started),
    revealed: text(review.revealed),
    closed: text(review.closed),
    outcomes: review.outcomes.map((ref) => ({ ref, title: titles.get(ref) ?? ref })),
    sides: review.sides.map((side) => {
      const signature = review.signatures.find((one) => one.side === side)
      return {
        side,
        ranked: text(review.rankings.find((one) => one.side === side)?.at),
        ranking: shown.find((one) => one.side === side)?.ranking.slice() ?? null,
        signed: signature ? { at: formatInstant(signature.at), how: signature.how } : null,
      }
    }),
    agreement: agreementIn(shown),
    disagreement: review.revealed === undefined ? null : agreementWords({ rankings: shown }, titles),
    before,
    agreed: review.agreed ?? null,
    rising: review.agreed ? risingIn(review.agreed, before) : [],
    priorities: review.priorities,
    notes: review.notes ?? null,
    minutes: review.minutes ?? null,
  }
}

function standingWords(review: KnownReview['review'], step: z.infer<typeof Step>, waitsFor: readonly string[]): string {
  const done = (count: number) => `${count} of ${review.sides.length} sides`
  const signed = review.signatures.map((one) => one.side)
  switch (step) {
    case 'ranking':
      return `Each side ranks the outcomes alone: ${done(review.rankings.length)} have, ${listed(waitsFor)} ${waitsFor.length === 1 ? 'has' : 'have'} not.`
    case 'agreeing':
      return 'The rankings are shown; the order is to be agreed.'
    case 'signing':
      return `The order is agreed and signed by ${done(signed.length)}; ${listed(waitsFor)} ${waitsFor.length === 1 ? 'has' : 'have'} not signed.`
    case 'signed':
      return `${capital(listed(signed))} have signed; the review can be closed.`
    case 'closed':
      return signed.length === review.sides.length
        ? `Closed, and signed by ${listed(signed)}.`
        : `Closed; ${signed.length === 0 ? 'no side has signed' : `signed by ${listed(signed)} alone`}, so its decision is a proposal.`
  }
}
