/** Statistics behind readings: pure functions, each with the public source of its formula. */
export { binomialCdf, binomialQuantile } from './binomial.ts'
export type { Interval } from './interval.ts'
export { twoSidedZ } from './normal.ts'
export { orderInterval } from './order-interval.ts'
export { poissonInterval } from './poisson.ts'
export { ascending, quantile } from './quantile.ts'
export { type Duration, survivalCurve, survivalMedianInterval, survivalQuantile, type SurvivalStep } from './survival.ts'
export { wilsonInterval } from './wilson.ts'
