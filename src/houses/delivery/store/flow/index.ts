/** The way of work items, from the records. */
export { countsFor, type FlowBase, flowItems, type PlacedItem } from './flows.ts'
export { flowMeasures } from './measures.ts'
