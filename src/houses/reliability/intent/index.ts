/** Promises about services, as OpenSLO v1 writes them. */
export type {
  BudgetingMethod,
  Correction,
  Indicator,
  IndicatorMetrics,
  MetricSource,
  Objective,
  SilencePolicy,
  Slo,
  SloDuration,
  SloWindow,
} from './model.ts'
export { namedApart } from './apart.ts'
export { lengthOf, parseSloDuration } from './openslo/durations.ts'
export { AlertWindowsSpec, alertWindowsKind } from './alert-windows.ts'
export { correctionKind } from './correction.ts'
export { AlertConditionSpec, AlertPolicySpec, SloSpec } from './openslo/shapes.ts'
export { opensloKinds } from './openslo/kinds.ts'
export type { Documents } from './indicator.ts'
export { readSlo } from './read.ts'
