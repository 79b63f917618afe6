import type { Ground } from '../../ground/index.ts'
import { declaredIndicators } from './alerts/index.ts'
import { sliTable } from './evidence/index.ts'
import { alertWindowsKind, correctionKind, opensloKinds } from './intent/index.ts'
import { reliabilityMeasures } from './measures.ts'

/** Registers what this house owns. */
export function installReliability(ground: Ground): void {
  for (const kind of [...opensloKinds, alertWindowsKind, correctionKind]) ground.catalog.registerKind(kind)
  ground.ledger.derives(sliTable(ground))
  ground.intake.registerDeclared('prometheus', declaredIndicators(ground))
  for (const measure of reliabilityMeasures(ground)) ground.measures.register(measure)
}
