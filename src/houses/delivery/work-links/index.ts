/** Which outcome each commit, change and work item serves, and what a week's work was for. */
import type { Ground } from '../../../ground/index.ts'
import { freshWorkLinks, workLinksTable } from './derive.ts'
import { workWithoutOutcome } from './gap.ts'
import { workProvider } from './provider/index.ts'
import { subjectsIn } from './subjects.ts'

export { accuracyOf, calibrationOf, type Pair } from './accuracy.ts'
export { freshWorkLinks } from './derive.ts'
export { directLinks } from './direct.ts'
export { workLinkOperations } from './operations.ts'
export type { WorkRecord } from './record.ts'
export { profilesOf } from './evidence-for.ts'
export { suggestOutcome } from './suggest.ts'
export type { OutcomeWords, Place, Vocabulary } from './vocabulary.ts'
export { bucketOf, type WorkUnit } from './week/classify.ts'
export { workShares, type WorkShare, type WorkShares } from './week/shares.ts'
export { unitsOf } from './week/units.ts'
export { workDone } from './week/work.ts'

/** Registers the links, what trace needs to know of records, and the gap of work that serves nothing. */
export function installWorkLinks(ground: Ground): void {
  const { store, catalog, ledger } = ground
  ledger.derives(workLinksTable(ground))
  catalog.registerLinks(workProvider(ground, () => freshWorkLinks(ground)))
  catalog.registerSubjects((namespace, asOf) => subjectsIn(store, namespace, asOf))
  catalog.registerGaps(workWithoutOutcome(store))
}
