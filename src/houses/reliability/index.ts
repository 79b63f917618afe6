/** Reliability: what was promised, what is left of it, and what spent it. */
export {
  alertsSignature,
  announceChanges,
  anyDelivery,
  type BurnAlert,
  type ChangeListener,
  changeListeners,
  deliverAlerts,
  DeliveryView,
  eraseAlerts,
  firedIn,
  firingAt,
  isHeard,
  lookAtBurns,
  type NoticeChange,
  silence,
  silencedChanges,
  toldOf,
} from './alerts/index.ts'
export { anyOldMinutes, dropOldMinutes } from './evidence/index.ts'
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
export {
  minutesOf,
  type SliAsk,
  type SliSums,
  type SloStatus,
  type SpanAsk,
  type StatusAsk,
  type StatusMoment,
  statusesOf,
  statusesOfEach,
  sumsOf,
  sumsOfEach,
} from './store/index.ts'
export type { Budget, BudgetState, Burn, BurnWindow, Minutes } from './assess/index.ts'
export {
  ageTelemetry,
  anyOldTelemetry,
  anyUnsettled,
  eraseTelemetry,
  type Handed,
  type HealthGapsView,
  type MapView,
  type ServiceView,
  settleIndicators,
  Telemetry,
} from './telemetry/index.ts'
