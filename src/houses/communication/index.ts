/** One truth at the length each audience needs: briefs, the home page, the decision log. */
export { alertOperations, alertsOf, atomFeed } from './alerts/index.ts'
export { installCommunication } from './install.ts'
export { communicationOperations } from './operations.ts'
export { type Brief, briefOf } from './store/brief.ts'
export { watchedOf } from './store/watching.ts'
export type { Audience } from './tell/brief.ts'
