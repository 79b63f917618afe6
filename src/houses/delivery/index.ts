/** Delivery: how fast changes reach users, how often, how safely, and what the work was for. */
export { installDelivery } from './install.ts'
export { deliveryOperations } from './operations.ts'
export {
  firstTold,
  incidentsHeardSince,
  openIncidents,
  type Past,
  type PastDeployment,
  pastDeployments,
  pastOfEach,
} from './store/index.ts'
export { DeliveryView } from './tell/overview.ts'
export { workDone, type WorkShare, workShares } from './work-links/index.ts'
