/** Business: whether people get what they came for, whether they come back, and what it brings. */
export { installBusiness } from './install.ts'
export { businessOperations } from './operations.ts'
export type { CohortView } from './tell/cohorts.ts'
export type { FunnelView } from './tell/funnel.ts'
export { BusinessView } from './tell/overview.ts'
