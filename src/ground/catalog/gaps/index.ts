/** Holes the catalogue finds by itself. Houses register those that need their tables. */
import type { Store } from '../../store/index.ts'
import type { GapFinder } from '../catalog.ts'
import { exceptionsExpired, outcomesWithoutMeasure, outcomesWithoutWork, ownerless, principlesUncited } from './intent.ts'
import { danglingReferences, oneSidedSuperseding } from './links.ts'

export function builtInGaps(store: Store): GapFinder[] {
  return [
    outcomesWithoutWork,
    outcomesWithoutMeasure,
    principlesUncited,
    ownerless,
    oneSidedSuperseding,
    exceptionsExpired,
    danglingReferences,
  ].map((finder) => finder(store))
}
