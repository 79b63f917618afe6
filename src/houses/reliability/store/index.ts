/** What indicators counted, and how promises stand. */
export { minutesOf } from './minutes.ts'
export { type SloStatus, type StatusMoment, statusesOf } from './statuses.ts'
export { type SliAsk, type SliSums, type SpanAsk, sumsOf, sumsOfEach } from './sums.ts'
