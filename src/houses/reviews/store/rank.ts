import { nearestWord, type Ref, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { sql } from '../../../ground/store/index.ts'
import { isOrderOf, type ReviewIntent } from '../../vision/index.ts'
import { type Ballot, ballotsOf } from './read.ts'
import { type Acting, takeStep } from './step.ts'

type Context = Pick<Ground, 'catalog' | 'store'>

/** Keeps how a side ranks alone. Once all have ranked, the rankings are shown; until then a side may change its mind. */
export async function rankAlone(
  { ref, side, ranking }: { ref: Ref; side: string; ranking: readonly Ref[] },
  acting: Acting,
  context: Context,
): Promise<void> {
  await takeStep(ref, acting, context, async ({ review }) => {
    demandOpen(review)
    demandSide(side, review)
    if (review.revealed !== undefined)
      throw new Refusal('review.revealed', 'The rankings have been shown to all: nobody ranks alone any more.', {
        status: 409,
        fix: 'Say what you think while the order is agreed.',
      })
    demandOrder(ranking, review, 'ranking')
    await context.store.query(sql`
      insert into review_ballot (review, side, ranking, at) values (${ref}, ${side}, ${JSON.stringify(ranking)}::jsonb, to_timestamp(${acting.at}::double precision / 1000))
      on conflict (review, side) do update set ranking = excluded.ranking, at = excluded.at`)
    const rankings = [...review.rankings.filter((one) => one.side !== side), { side, at: acting.at }]
    const ranked = { ...review, rankings }
    return review.sides.every((one) => rankings.some((own) => own.side === one)) ? revealed(ranked, acting, context) : ranked
  })
}

/** Shows the rankings before all have ranked: whoever has not, will not rank alone. */
export async function revealRankings(ref: Ref, acting: Acting, context: Context): Promise<void> {
  await takeStep(ref, acting, context, async ({ review }) => {
    demandOpen(review)
    if (review.revealed !== undefined) return review
    if (review.rankings.length < 2)
      throw new Refusal('review.too_few_rankings', `${review.rankings.length === 0 ? 'No side has' : 'Only one side has'} ranked yet.`, {
        status: 409,
        fix: 'Wait for a second side: what one side thinks is no comparison.',
      })
    return revealed(review, acting, context)
  })
}

/** The review with the rankings made alone written into it; they are no longer kept apart. */
async function revealed(review: ReviewIntent, { at }: Acting, { store }: Context): Promise<ReviewIntent> {
  const ballots = new Map((await ballotsOf(review.ref, store)).map(({ side, ranking }: Ballot) => [side, ranking]))
  await store.query(sql`delete from review_ballot where review = ${review.ref}`)
  return { ...review, revealed: at, rankings: review.rankings.map((one) => ({ ...one, ranking: ballots.get(one.side) })) }
}

export function demandOpen(review: ReviewIntent): void {
  if (review.closed !== undefined)
    throw new Refusal('review.closed', `"${review.title}" is closed.`, {
      status: 409,
      fix: 'What was signed stays; start another review to change it.',
    })
}

export function demandSide(side: string, review: ReviewIntent): void {
  if (review.sides.includes(side)) return
  const near = nearestWord(side, review.sides)
  throw new Refusal('review.no_such_side', `"${side}" is no side of this review.`, {
    fix: near ? `Did you mean "${near}"?` : `Its sides are ${review.sides.join(', ')}.`,
    path: 'side',
  })
}

/** An order names every outcome once; the refusal says which are missing, double or foreign. */
export function demandOrder(order: readonly Ref[], { outcomes }: ReviewIntent, path: string): void {
  if (isOrderOf(order, outcomes)) return
  const missing = outcomes.filter((ref) => !order.includes(ref))
  const foreign = order.filter((ref, index) => !outcomes.includes(ref) || order.indexOf(ref) !== index)
  const wrong = [
    missing.length > 0 ? `missing: ${missing.join(', ')}` : '',
    foreign.length > 0 ? `not asked for or twice: ${foreign.join(', ')}` : '',
  ].filter(Boolean)
  throw new Refusal('review.incomplete_order', `An order names each of the ${outcomes.length} outcomes once; ${wrong.join('; ')}.`, {
    fix: `Name, most important first: ${outcomes.join(', ')}`,
    path,
  })
}
