import type { Ground } from '../../ground/index.ts'
import { budgetPolicyKind, gatePolicyKind } from './intent/index.ts'

/** Registers the kinds of this house. */
export function installGovernance(ground: Ground): void {
  ground.catalog.registerKind(gatePolicyKind)
  ground.catalog.registerKind(budgetPolicyKind)
}
