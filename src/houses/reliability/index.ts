/** Reliability: what was promised, what is left of it, and what spent it. */
export { installReliability } from './install.ts'
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
} from './intent/index.ts'
export { reliabilityOperations } from './operations.ts'
export { type SloAsk, slosOf, type UnreadSlo, unreadSlosOf } from './store/slos.ts'
