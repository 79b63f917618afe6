import { lastDays, type Window } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { workDone, type WorkShare, workShares } from '../../delivery/index.ts'
import type { Moment, OutcomeView } from '../../vision/index.ts'
import type { WorkPart, WorkSplit } from '../tell/facts.ts'

/** Records named as grounds of one part. */
const GROUNDS = 5

/** How the seven days before a moment divide by outcome; null when nothing was worked on. */
export function lastWeeksWork(moment: Moment, outcomes: readonly OutcomeView[], context: Context): Promise<WorkSplit | null> {
  return workIn(lastDays(moment.at, 7), moment, outcomes, context)
}

type Context = Pick<Ground, 'store' | 'catalog' | 'ledger' | 'measures'>

/** How the work of a window divides by outcome; null when nothing was worked on. */
export async function workIn(
  window: Window,
  moment: Moment,
  outcomes: readonly OutcomeView[],
  { store, catalog, ledger, measures }: Context,
): Promise<WorkSplit | null> {
  const found = workShares(await workDone({ store, ledger }, { namespace: moment.scope, window, at: moment.at, asOf: moment.asOf }))
  if (found.n === 0) return null
  const titles = new Map(outcomes.map((outcome) => [outcome.ref, outcome.title]))
  const elsewhere = await catalog.describe(
    found.outcomes.flatMap(({ ref }) => (titles.has(ref) ? [] : [ref])),
    moment.asOf,
  )
  const part = (kind: WorkPart['kind'], title: string, { count, share, units }: WorkShare, ref?: string): WorkPart => ({
    kind,
    title,
    n: count,
    share: share ?? 0,
    evidence: units.slice(0, GROUNDS).map(({ node, title: titled }) => ({ id: node, title: titled })),
    ...(ref ? { ref } : {}),
  })
  return {
    window,
    n: found.n,
    reading: await measures.read({
      measure: 'work.commits',
      subject: `namespace:${moment.scope}`,
      ...window,
      at: moment.at,
      asOf: moment.asOf,
    }),
    parts: [
      ...found.outcomes.map((outcome) =>
        part('outcome', titles.get(outcome.ref) ?? elsewhere.get(outcome.ref)?.title ?? outcome.ref, outcome, outcome.ref),
      ),
      part('upkeep', 'Upkeep', found.upkeep),
      part('incident', 'Incidents and fixes', found.incidents),
      part('unlinked', 'Unlinked', found.unlinked),
    ].filter((one) => one.n > 0),
  }
}
