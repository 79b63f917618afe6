import { type Ref, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { ReviewIntent } from '../../vision/index.ts'
import { type Rising, risingIn, standingOf } from '../decide/index.ts'
import { minutesOf } from '../tell/minutes.ts'
import { ordinal } from '../tell/words.ts'
import { demandOpen, demandOrder, demandSide } from './rank.ts'
import { type Acting, takeStep } from './step.ts'

type Context = Pick<Ground, 'catalog' | 'store'>

/** Writes down the order that was agreed, and the work each rising outcome stops. What was signed before is not signed any more. */
export async function agreeOrder(
  {
    ref,
    order,
    priorities,
    notes,
  }: { ref: Ref; order: readonly Ref[]; priorities: ReviewIntent['priorities']; notes?: string | undefined },
  acting: Acting,
  context: Context,
): Promise<void> {
  await takeStep(ref, acting, context, ({ review, before, titles }) => {
    demandOpen(review)
    if (review.revealed === undefined)
      throw new Refusal('review.not_revealed', 'No order is agreed before each side has ranked alone.', {
        status: 409,
        fix: `Waiting for ${standingOf(review).waitsFor.join(', ')}.`,
      })
    demandOrder(order, review, 'order')
    const told = priorities.filter((priority) => priority.stops.some((text) => text.trim() !== ''))
    const silent = risingIn(order, before).filter(({ outcome }) => !told.some((priority) => priority.outcome === outcome))
    if (silent.length > 0) throw stopsMissing(silent, titles)
    return { ...review, agreed: [...order], priorities: [...told], notes: notes?.trim() || undefined, signatures: [] }
  })
}

function stopsMissing(silent: readonly Rising[], titles: ReadonlyMap<Ref, string>): Refusal {
  const told = silent.map(({ outcome, from, to }) => `"${titles.get(outcome) ?? outcome}" rises from ${ordinal(from)} to ${ordinal(to)}`)
  return new Refusal('review.stops_missing', `${told.join('; ')}: nothing is said about what stops for it.`, {
    status: 422,
    fix: 'Name the work that stops, by reference or in words; a priority that stops nothing is none.',
    path: 'priorities',
  })
}

/** Signs for one side. Of two at once the first wins, and the second is told. */
export async function signFor(
  { ref, side, how, by }: { ref: Ref; side: string; how: 'account' | 'link'; by?: string | undefined },
  acting: Acting,
  context: Context,
): Promise<void> {
  await takeStep(ref, acting, context, ({ review }) => {
    demandOpen(review)
    demandSide(side, review)
    if (!review.agreed)
      throw new Refusal('review.nothing_to_sign', 'There is nothing to sign yet: no order is agreed.', {
        status: 409,
        fix: 'Come back once the order is written down.',
      })
    const signed = review.signatures.find((one) => one.side === side)
    if (signed)
      throw new Refusal(
        'review.signed_already',
        `${side} has signed already, on ${new Date(signed.at).toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
        {
          status: 409,
          fix: 'One signature a side is enough; nothing was changed.',
        },
      )
    return { ...review, signatures: [...review.signatures, { side, at: acting.at, how, ...(by === undefined ? {} : { by }) }] }
  })
}

/** Ends a review: its minutes become a decision, accepted when every side has signed, proposed when not. */
export async function closeReview({ ref, unsigned }: { ref: Ref; unsigned: boolean }, acting: Acting, context: Context): Promise<void> {
  await takeStep(ref, acting, context, async ({ review, before, titles }) => {
    demandOpen(review)
    const { step, waitsFor } = standingOf(review)
    if (!review.agreed)
      throw new Refusal('review.nothing_agreed', 'No order is agreed, so there is nothing to decide.', {
        status: 409,
        fix: 'Write down the order first, or remove the review.',
      })
    if (step === 'signing' && !unsigned)
      throw new Refusal('review.unsigned', `${waitsFor.join(' and ')} ${waitsFor.length === 1 ? 'has' : 'have'} not signed.`, {
        status: 409,
        fix: 'Send each a link, or close it unsigned: then the decision stays a proposal.',
      })
    const closed = { ...review, closed: acting.at }
    const minutes = minutesOf(closed, before, titles)
    const { ref: decision } = await context.catalog.write(minutes, { by: acting.by, expectedVersion: 0 })
    return { ...closed, minutes: decision }
  })
}
