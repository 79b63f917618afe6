/** Changes of level that matter to somebody: told, and put aside once seen. */
export { feedOfChanges } from './feed.ts'
export { alertOperations } from './operations.ts'
export { alertsOf } from './store.ts'
export { anyToTell, tellChanges } from './tell.ts'
export { eraseToldChanges } from './told.ts'
