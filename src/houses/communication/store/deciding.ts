import type { Ground } from '../../../ground/index.ts'
import type { DecisionIntent, ExceptionIntent, Moment, PrincipleView, ReviewDue } from '../../vision/index.ts'
import { type ToDecide, toDecide } from '../decide/deciding.ts'
import type { Watched } from './watching.ts'

type Context = Pick<Ground, 'catalog' | 'measures'>

/** What waits for somebody's decision. */
export async function decidingOf(
  moment: Moment,
  known: {
    decisions: readonly DecisionIntent[]
    watched: Watched
    exceptions: readonly ExceptionIntent[]
    principles: readonly PrincipleView[]
    review: ReviewDue | null
  },
  { catalog }: Context,
): Promise<ToDecide[]> {
  const breaking = new Map(known.principles.map((principle) => [principle.ref, breakingOf(principle)]))
  const suggestions = (await catalog.suggestions({ namespace: moment.scope, limit: 1 }, moment.asOf)).total
  return toDecide({ ...known, ...known.watched, breaking, suggestions, at: moment.at })
}

/** Components that break a principle, with or without permission, and the teams that own them. */
function breakingOf({ subjects }: PrincipleView): Set<string> {
  return new Set(
    subjects.flatMap(({ subject, team, state }) => (state === 'broken' || state === 'excepted' ? [subject, ...(team ? [team] : [])] : [])),
  )
}
