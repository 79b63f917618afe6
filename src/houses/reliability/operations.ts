import { burnAlertOperations, previewOperation, rulesOperation } from './alerts/index.ts'
import { correctionOperations } from './corrections/index.ts'
import { sloOperations } from './store/slo-operations.ts'
import { telemetryOperations } from './telemetry/index.ts'
import { statusOperations } from './store/status-operations.ts'

/** What the doors may ask this house. Each room has its own. */
export const reliabilityOperations = [
  ...sloOperations,
  ...telemetryOperations,
  ...statusOperations,
  ...correctionOperations,
  ...burnAlertOperations,
  rulesOperation,
  previewOperation,
] as const
