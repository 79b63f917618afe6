import { lastDays, type Window } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { unitsOf, type WorkShare, workShares } from '../../delivery/index.ts'
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
  const shares = await catalog.shares(`namespace:${moment.scope}`, moment.asOf)
  const subjects = [...new Set(shares.flatMap((share) => [...share.subjects, ...(share.repository ? [share.repository] : [])]))]
  const found = workShares(await ledger.readAsOf(moment.asOf, (asOf) => unitsOf(store, subjects, window, asOf)))
  if (found.n === 0) return null
  const titles = new Map(outcomes.map((outcome) => [outcome.ref, outcome.title]))
  // A trailer may name an outcome that nobody declares (any more): such work serves nothing that can be checked.
  const declared = found.outcomes.filter((outcome) => titles.has(outcome.ref))
  const part = (kind: WorkPart['kind'], title: string, { count, share, units }: Summed, ref?: string): WorkPart => ({
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
      ...declared.map((outcome) => part('outcome', titles.get(outcome.ref) ?? outcome.ref, outcome, outcome.ref)),
      part('upkeep', 'Upkeep', found.upkeep),
      part('incident', 'Incidents', found.incidents),
      part('unlinked', 'Unlinked', together([found.unlinked, ...found.outcomes.filter((outcome) => !titles.has(outcome.ref))])),
    ].filter((one) => one.n > 0),
  }
}

type Summed = Pick<WorkShare, 'count' | 'share' | 'units'>

function together(shares: readonly Summed[]): Summed {
  return {
    count: shares.reduce((sum, { count }) => sum + count, 0),
    share: shares.reduce((sum, { share }) => sum + (share ?? 0), 0),
    units: shares.flatMap(({ units }) => units).sort((a, b) => b.at - a.at),
  }
}
