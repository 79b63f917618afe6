/** One truth at the length each audience needs: briefs, the home page, the decision log. */
export { alertOperations, alertsOf, anyToTell, eraseToldChanges, feedOfChanges, tellChanges } from './alerts/index.ts'
export { installCommunication } from './install.ts'
export { communicationOperations } from './operations.ts'
export { type Brief, briefOf } from './store/brief.ts'
export { feedOfDecisions } from './store/decision-feed.ts'
export { LogWish } from './store/log.ts'
export { watchedOf } from './store/watching.ts'
export type { Audience } from './tell/brief.ts'
