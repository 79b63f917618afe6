/** Telemetry, counted as it comes in: what services do and how well, who calls whom, what their logs complain of. */
export type { HealthGapsView } from './gaps/view.ts'
export { anyUnsettled, settleIndicators } from './indicators/settle.ts'
export type { MapView } from './map/view.ts'
export { telemetryOperations } from './operations.ts'
export type { ServiceView } from './service-view.ts'
export { eraseTelemetry } from './store/erase.ts'
export { ageTelemetry, anyOldTelemetry } from './store/old.ts'
export { type Handed, Telemetry } from './take/telemetry.ts'
