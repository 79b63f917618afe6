/** What was declared, what is known, what was answered. */
export { keptAnswers, replay } from './answers.ts'
export { declaredAt } from './declared.ts'
export { gateAnswer, keepAnswer } from './gate.ts'
export { declaredPolicies, savePolicy } from './policies.ts'
export { gateShare } from './share.ts'
export { policyFrom } from './trial/policy.ts'
export { tryPolicy } from './trial/trial.ts'
export { type DeclaredOverride, isInForce, overridesIn, withdrawOverride, writeOverride } from './overrides.ts'
