/** What indicators counted, and how promises stand. */
export { minutesOf } from './minutes.ts'
export { type SloStatus, type StatusAsk, type StatusMoment, statusesOf, statusesOfEach } from './statuses.ts'
export type { SliAsk, SliSums, SpanAsk } from './asks.ts'
export { sumsOf, sumsOfEach } from './sums.ts'
