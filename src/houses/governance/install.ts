import type { Ground } from '../../ground/index.ts'
import { budgetPolicyKind, freezeKind, gatePolicyKind } from './intent/index.ts'

/** Registers the kinds of this house. */
export function installGovernance(ground: Ground): void {
  ground.catalog.registerKind(gatePolicyKind)
  ground.catalog.registerKind(budgetPolicyKind)
  ground.catalog.registerKind(freezeKind)
}
