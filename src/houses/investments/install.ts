import type { Ground } from '../../ground/index.ts'
import { investmentKind } from './intent/index.ts'

/** Registers the kind of this house. */
export function installInvestments(ground: Ground): void {
  ground.catalog.registerKind(investmentKind((measure) => ground.measures.get(measure)?.unit ?? null))
}
