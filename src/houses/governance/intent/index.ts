/** The entity kinds of this house, and what they look like once read. */
export { budgetPolicyKind } from './budget-policy.ts'
export { freezeKind } from './freeze.ts'
export { gatePolicyKind } from './gate-policy.ts'
export { type Purpose, PURPOSES, Zone } from './gate-rules.ts'
export { type BudgetPolicy, type BurnWindow, DEFAULT_POLICY, type Freeze, type FreezeSpan, type Policy, type Rule } from './policy.ts'
export { gateRulesOf, readBudgetPolicy, readFreeze, readGatePolicy } from './read.ts'
