/** Measures over time: their values, what statistics find in them, and what else happened. */
export { measuredSeries } from './measured.ts'
