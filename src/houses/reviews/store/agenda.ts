import type { Instant } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { levelChanges } from '../../../ground/measures/index.ts'
import { watchedOf } from '../../communication/index.ts'
import { type Moment, type ReviewIntent, visionOf, visionPage } from '../../vision/index.ts'
import { type AgendaItem, agendaOf, type Known } from '../decide/index.ts'

type Context = Pick<Ground, 'catalog' | 'measures' | 'store'>

/** What moved between the last review and a moment. */
export interface Agenda {
  /** When the last review was closed; null at the first one. */
  since: Instant | null
  /** The vision was learned only after that moment, so what stood then is judged by what is known now. */
  knownLater: boolean
  items: AgendaItem[]
}

/** Gathers what moved: both moments are judged by what was known at each, so a past agenda stays what it was. */
export async function gatherAgenda(moment: Moment, since: Instant | null, context: Context): Promise<Agenda> {
  const knownLater = since !== null && (await visionOf({ scope: moment.scope, asOf: since }, context)) === null
  const before = since === null ? null : await knownAt({ scope: moment.scope, at: since, asOf: knownLater ? moment.asOf : since }, context)
  const now = await knownAt(moment, context)
  const changes =
    since === null ? [] : await levelChanges({ namespace: moment.scope, at: moment.at, asOf: moment.asOf, zone: 'UTC', since }, context)
  return { since, knownLater, items: agendaOf(before, now, changes) }
}

/** When the review before this moment was closed. */
export function lastClosed(reviews: readonly ReviewIntent[], before: Instant): Instant | null {
  const closed = reviews.flatMap((review) => (review.closed !== undefined && review.closed <= before ? [review.closed] : []))
  return closed.length > 0 ? Math.max(...closed) : null
}

async function knownAt(moment: Moment, context: Context): Promise<Known> {
  const { outcomes, principles, decisions } = await visionPage(moment, context)
  const { assumptions } = await watchedOf(decisions, moment, context)
  return {
    outcomes: outcomes.views.map(({ ref, title, judgement, because }) => ({ ref, title, state: judgement.state, because })),
    principles: principles.views.map(({ ref, title, judgement }) => ({ ref, title, state: judgement.state, because: judgement.rule })),
    assumptions: assumptions.map(({ decision, judgement }) => ({ ref: decision.ref, title: decision.title, judgement })),
  }
}
