/** Queries over the derived rows. */
export { type Base, collect } from './collect.ts'
export { countsFor, flowItems, flowMeasures, type PlacedItem } from './flow/index.ts'
export { PRODUCTION } from './groups.ts'
export { list } from './list.ts'
export { rowsInMemory } from './memory.ts'
export { deliveryOverview } from './overview.ts'
export { wholeFrom } from './outlives.ts'
export type { Question } from './question.ts'
