import type { Ground } from '../../ground/index.ts'
import { budgetPolicyKind, freezeKind, gatePolicyKind } from './intent/index.ts'
import { renewTold } from './store/shared-looks.ts'

/** Registers the kinds of this house, and looks again at what was told of. */
export function installGovernance(ground: Ground): void {
  ground.catalog.registerKind(gatePolicyKind)
  ground.catalog.registerKind(budgetPolicyKind)
  ground.catalog.registerKind(freezeKind)
  ground.ledger.hears((subjects) => renewTold(subjects, ground))
}
