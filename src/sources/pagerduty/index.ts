/** Reads what PagerDuty pushes. */
export { pagerduty } from './source.ts'
