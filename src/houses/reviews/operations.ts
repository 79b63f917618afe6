import * as z from 'zod'
import { type Caller, InstantSchema, operation, refNamespace, RefSchema } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { dueOf, momentInput, momentOf, reviewsOf, stamp, stampShape, visionOf } from '../vision/index.ts'
import { linkOperations } from './links.ts'
import { agreeOrder, closeReview, signFor } from './store/agree.ts'
import { gatherAgenda, lastClosed } from './store/agenda.ts'
import { rankAlone, revealRankings } from './store/rank.ts'
import { reviewNamed } from './store/read.ts'
import { startReview } from './store/start.ts'
import { AgendaView, agendaView } from './tell/agenda-view.ts'
import { dueView, ReviewListView, reviewRow } from './tell/list-view.ts'
import { ReviewView, reviewView } from './tell/review-view.ts'

type Acting = Ground & { caller: Caller }

const Order = z.array(RefSchema).min(1).max(20)
const Side = z.string().trim().min(1).max(40)
const step = { method: 'post', scope: 'write', output: ReviewView } as const

/** The review as it stands after a step. */
async function standing(ref: string, ground: Pick<Ground, 'catalog' | 'clock'>) {
  return reviewView(await reviewNamed(ref, undefined, ground), ground.clock())
}

function actingAs({ caller, clock }: Acting) {
  return { by: caller.person, at: clock() }
}

export const reviewOperations = [
  operation({
    id: 'review.list',
    method: 'get',
    path: '/reviews',
    scope: 'read',
    summary: 'Reviews of the vision, newest first: where each stands, how far the sides agreed, and when the next is due',
    input: z.object({ ...momentInput }),
    output: ReviewListView,
    run: async (ask, ground: Ground) => {
      const when = await momentOf(ask, ground)
      const vision = await visionOf(when, ground)
      const reviews = await reviewsOf(when, ground)
      const due = await dueOf(vision, reviews, when, ground)
      return {
        ...stamp(when),
        vision: vision && { ref: vision.ref, title: vision.title },
        due: dueView(due),
        reviews: reviews.map(reviewRow),
      }
    },
  }),
  operation({
    id: 'review.agenda',
    method: 'get',
    path: '/review-agenda',
    scope: 'read',
    keep: true,
    summary: 'What to talk about in a review: what moved since the last one, and what is bad and did not move',
    input: z.object({ ...momentInput, since: InstantSchema.optional() }),
    output: AgendaView.extend(stampShape),
    run: async ({ since, ...ask }, ground: Ground) => {
      const when = await momentOf(ask, ground)
      const last = since ?? lastClosed(await reviewsOf(when, ground), when.at - 1)
      return { ...stamp(when), ...agendaView(await gatherAgenda(when, last, ground)) }
    },
  }),
  operation({
    id: 'review.read',
    method: 'get',
    path: '/reviews/{ref+}',
    scope: 'read',
    summary: 'One review: who has ranked and signed, how far the sides agree, the order agreed and what stops for it',
    input: z.object({ ref: RefSchema, asOf: momentInput.asOf }),
    output: ReviewView,
    run: async ({ ref, asOf }, ground: Ground) => {
      const when = await momentOf({ scope: refNamespace(ref), asOf }, ground)
      return reviewView(await reviewNamed(ref, asOf === undefined ? undefined : when.asOf, ground), when.asOf)
    },
  }),
  operation({
    ...step,
    id: 'review.start',
    path: '/reviews',
    audit: 'review.start',
    summary: 'Begins a review of the vision: each side ranks the outcomes alone',
    input: z.object({ scope: momentInput.scope, sides: z.array(Side).min(2).max(9).optional() }),
    run: async (ask, ground: Acting) => standing(await startReview(ask, actingAs(ground), ground), ground),
  }),
  operation({
    ...step,
    id: 'review.rank',
    path: '/reviews/rank/{ref+}',
    audit: 'review.rank',
    summary: 'Keeps how a side ranks the outcomes, unseen until all have ranked',
    input: z.object({ ref: RefSchema, side: Side, ranking: Order }),
    run: async (ask, ground: Acting) => {
      await rankAlone(ask, actingAs(ground), ground)
      return standing(ask.ref, ground)
    },
  }),
  operation({
    ...step,
    id: 'review.reveal',
    path: '/reviews/reveal/{ref+}',
    audit: 'review.reveal',
    summary: 'Shows the rankings before all have ranked',
    input: z.object({ ref: RefSchema }),
    run: async ({ ref }, ground: Acting) => {
      await revealRankings(ref, actingAs(ground), ground)
      return standing(ref, ground)
    },
  }),
  operation({
    ...step,
    id: 'review.agree',
    path: '/reviews/agree/{ref+}',
    audit: 'review.agree',
    summary: 'Writes down the order agreed and the work that stops for what rises; signatures given before are void',
    input: z.object({
      ref: RefSchema,
      order: Order,
      priorities: z
        .array(
          z.object({
            outcome: RefSchema,
            stops: z.array(z.string().trim().min(1).max(2_000)).max(20),
            because: z.string().trim().min(1).max(2_000).optional(),
          }),
        )
        .max(20)
        .default([]),
      notes: z.string().max(20_000).optional(),
    }),
    run: async (ask, ground: Acting) => {
      await agreeOrder(ask, actingAs(ground), ground)
      return standing(ask.ref, ground)
    },
  }),
  operation({
    ...step,
    id: 'review.sign',
    path: '/reviews/sign/{ref+}',
    audit: 'review.sign',
    summary: 'Signs the order agreed for one side; of two at once the first wins',
    input: z.object({ ref: RefSchema, side: Side }),
    run: async ({ ref, side }, ground: Acting) => {
      await signFor({ ref, side, how: 'account', by: ground.caller.person }, actingAs(ground), ground)
      return standing(ref, ground)
    },
  }),
  operation({
    ...step,
    id: 'review.close',
    path: '/reviews/close/{ref+}',
    audit: 'review.close',
    summary: 'Ends a review; its minutes become a decision',
    input: z.object({
      ref: RefSchema,
      /** Also without all signatures: then the decision is a proposal. */
      unsigned: z.boolean().default(false),
    }),
    run: async (ask, ground: Acting) => {
      await closeReview(ask, actingAs(ground), ground)
      return standing(ask.ref, ground)
    },
  }),
  ...linkOperations,
] as const
