import { burnAlertOperations, previewOperation, rulesOperation } from './alerts/index.ts'
import { sloOperations } from './store/slo-operations.ts'
import { telemetryOperations } from './telemetry/index.ts'

/** What the doors may ask this house. Each room has its own. */
export const reliabilityOperations = [
  ...sloOperations,
  ...telemetryOperations,
  ...burnAlertOperations,
  rulesOperation,
  previewOperation,
] as const
