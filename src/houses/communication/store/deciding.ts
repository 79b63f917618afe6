import { ownerOf } from '../../../ground/catalog/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { heldReleases } from '../../governance/index.ts'
import { firingAt } from '../../reliability/index.ts'
import type { DecisionIntent, ExceptionIntent, Moment, PrincipleView, ReviewDue } from '../../vision/index.ts'
import { type ToDecide, toDecide } from '../decide/deciding.ts'
import type { Watched } from './watching.ts'

type Context = Pick<Ground, 'catalog' | 'measures' | 'store' | 'ledger'>

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
  context: Context,
): Promise<ToDecide[]> {
  const { catalog } = context
  const breaking = new Map(known.principles.map((principle) => [principle.ref, breakingOf(principle)]))
  const suggestions = (await catalog.suggestions({ namespace: moment.scope, limit: 1 }, moment.asOf)).total
  const firing = await firingAt(moment.scope, moment, context)
  const held = await heldReleases(moment.scope, moment, context)
  const refs = [...new Set([...firing.map(({ service }) => service), ...held.map(({ component }) => component)])]
  const components = refs.length > 0 ? await catalog.list({ refs, limit: refs.length }, moment.asOf) : []
  const owners = new Map(components.map((entity) => [entity.ref, ownerOf(entity)]))
  return toDecide({ ...known, ...known.watched, breaking, suggestions, firing, held, owners, at: moment.at })
}

/** Components that break a principle, with or without permission, and the teams that own them. */
function breakingOf({ subjects }: PrincipleView): Set<string> {
  return new Set(
    subjects.flatMap(({ subject, team, state }) => (state === 'broken' || state === 'excepted' ? [subject, ...(team ? [team] : [])] : [])),
  )
}
