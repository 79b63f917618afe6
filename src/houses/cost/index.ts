/** Cost: what it costs to run, and who or what causes it. */
export { claimedWords } from './intent.ts'
export { knownCosts } from './bills/known.ts'
export { installCost } from './install.ts'
export { costOperations } from './operations.ts'
export type { CostView } from './tell/view.ts'
