/** What drives what: the metric tree, and each driver held against what was measured. */
export { driverOperations } from './operations.ts'
