/** Governance: may we ship, by which rules, and who said so. */
export { installGovernance } from './install.ts'
export { eraseGateAnswers } from './store/erase.ts'
export { governanceOperations } from './operations/index.ts'
export {
  type DeclaredOverride,
  gateAnswer,
  type HeldRelease,
  heldReleases,
  isInForce,
  keepAnswer,
  overrideDraft,
  overridesIn,
} from './store/index.ts'
