import { formatInstant, type Reading, type ReadingAsk } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { AUTHOR_KINDS } from '../assess/index.ts'
import { type CohortsView, OF_COHORTS } from '../tell/cohorts-view.ts'

/** The same measures by who made the changes, all of one moment: what is read for one serves the others. */
export async function cohortsOverview(
  ask: Omit<ReadingAsk, 'measure'>,
  { measures, ledger }: Pick<Ground, 'measures' | 'ledger'>,
): Promise<CohortsView> {
  const now = await ledger.present()
  const asOf = Math.min(ask.asOf ?? now, now)
  const common = { ...ask, asOf, at: ask.at ?? asOf }
  const cohorts: CohortsView['cohorts'] = []
  for (const kind of AUTHOR_KINDS) {
    const readings: Reading[] = []
    for (const measure of OF_COHORTS) readings.push(await measures.read({ ...common, measure, where: { ...ask.where, author_kind: kind } }))
    cohorts.push({ kind, readings })
  }
  return { asOf: formatInstant(asOf), measures: [...OF_COHORTS], cohorts }
}
