/** Sums of costs by window, and the records behind them. */
export { type CostAsk, costEntries, costGroups, DIMENSIONS, sumsOf } from './groups.ts'
export { readCost } from './read.ts'
