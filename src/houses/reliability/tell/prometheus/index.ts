/** Promises in the words of Prometheus. */
export { errorRatio, goodShare, increaseOver, isPerSecond, over, queryOf } from './queries.ts'
export { lengthText, type PrometheusRule, ruleGroup, type RuledSlo, type RuleGroup, type Unruled } from './rules.ts'
