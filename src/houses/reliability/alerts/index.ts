/** Alerts on burn rates: looked for, kept, told. */
export { declaredIndicators } from './declared.ts'
export { anyDelivery, deliverAlerts } from './deliver.ts'
export { eraseAlerts } from './erase.ts'
export { type BurnAlert, firedIn } from './inbox.ts'
export { alertsSignature, lookAtBurns } from './look.ts'
export { burnAlertOperations } from './operations.ts'
export { previewOperation } from './preview.ts'
export { rulesOperation } from './rules.ts'
