/** The way of work items, from the records. */
export { flowMeasures } from './measures.ts'
export { flowOverview } from './overview.ts'
