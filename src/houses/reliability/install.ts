import type { Ground } from '../../ground/index.ts'
import { declaredIndicators } from './alerts/index.ts'
import { sliTable } from './evidence/index.ts'
import { alertWindowsKind, opensloKinds } from './intent/index.ts'

/** Registers what this house owns. */
export function installReliability(ground: Ground): void {
  for (const kind of [...opensloKinds, alertWindowsKind]) ground.catalog.registerKind(kind)
  ground.ledger.derives(sliTable(ground))
  ground.intake.registerDeclared('prometheus', declaredIndicators(ground))
}
